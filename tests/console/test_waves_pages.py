"""The desk's pages of waves: written and read beside it, approved by another as it was looked at,
at work with each figure's rows; masked for everybody, in full for a reason."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.models import DirectNotice, Suppressed, Wave
from recalldesk.outreach.states import NoticeState, WaveState, Way
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.console.purchasers_rows import SECRETS, made_rows
from tests.console.waves_rows import made_waves

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WAVES = "/desk/waves/"
FIRST, ASKED, DRAFT = (f"{WAVES}{SLUG}/{number}/" for number in (1, 2, 3))
NOBODY = "made-up-person@home.example"


@pytest.fixture
def writer() -> Staff:
    return staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")


@pytest.fixture
def other() -> Staff:
    return staff(Role.SENIOR_REVIEWER, name="Mia Made-Up", email="mia@staff.example")


@pytest.fixture(autouse=True)
def waves(writer: Staff, other: Staff) -> list[Wave]:
    return made_waves(made_rows(Recall.objects.get(slug=SLUG), writer), writer, other)


@pytest.fixture
def written(writer: Staff) -> Client:
    """The client of whoever wrote the waves."""
    return sign_in(Client(), writer)


@pytest.fixture
def second(other: Staff) -> Client:
    """The client of the one who may approve them."""
    return sign_in(Client(), other)


def text_in(response: HttpResponse) -> str:
    """The words of the main part, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def seen_on(response: HttpResponse) -> str:
    """What the page's form says was looked at."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', main_of(response))
    assert found
    return found[1]


def bounced() -> DirectNotice:
    return DirectNotice.objects.get(state=NoticeState.BOUNCED)


def test_nothing_of_a_person_and_no_owners_link_stands_on_any_page(
    written: Client, second: Client
) -> None:
    notice = f"{FIRST}notices/{bounced().pk}/"
    letter = DirectNotice.objects.get(way=Way.LETTER)
    paths = (
        *(WAVES, FIRST, ASKED, DRAFT, f"{FIRST}notices/", notice, f"{WAVES}not-written-to/"),
        f"{FIRST}notices/{letter.pk}/",
        f"{DRAFT}counted/?why=told",
        f"{ASKED}counted/?way=email&language=en",
        "/desk/purchasers/",
    )
    links = {bytes(each.sealed_token) for each in DirectNotice.objects.all()}
    assert all(links)
    for path in paths:
        for client in (written, second):
            page = client.get(path)
            assert page.status_code == 200, path
            for secret in (*SECRETS, "buyer0@", "Buyer0 Madeup"):
                assert secret not in main_of(page), (path, secret)
            found = re.findall(r"/told/([\w-]+)", main_of(page))
            assert all(set(token) == {"X"} for token in found), path


def test_the_list_says_what_waits_for_whom(written: Client, second: Client) -> None:
    assert "waits for you" in text_in(second.get(WAVES))
    mine = text_in(written.get(WAVES))
    assert "waits for you" not in mine
    assert "waits for a second person" in mine


def test_whoever_wrote_it_is_told_who_may_approve_it(written: Client, second: Client) -> None:
    page = text_in(written.get(ASKED))
    assert "you wrote it, or asked for it" in page
    said = re.search(r"It can be approved by (.*?)\.", page)
    assert said
    assert "Mia Made-Up" in said[1]
    assert "Max Made-Up" not in said[1]
    assert "Approve it as shown here" not in page
    seen = seen_on(second.get(ASKED))
    refused = written.post(f"{ASKED}answer/", {"do": "approve", "seen": seen})
    assert refused.status_code == 422
    assert Wave.objects.get(number=2).state == WaveState.ASKED


def test_only_what_was_looked_at_is_approved(written: Client, second: Client) -> None:
    seen = seen_on(second.get(ASKED))
    written.post(f"{ASKED}ask/", {"do": "take_back"})
    text = {"way": "email", "language": "en", "subject": "Safety recall: other words"}
    body = Wave.objects.get(number=2).texts.get(language="en").body
    assert written.post(f"{ASKED}text/", text | {"body": body}).status_code == 303
    written.post(f"{ASKED}ask/", {"do": "ask", "seen": seen_on(written.get(ASKED))})
    late = second.post(f"{ASKED}answer/", {"do": "approve", "seen": seen})
    assert late.status_code == 422
    assert "changed since you looked" in text_in(late)
    page = second.get(ASKED)
    changed = text_in(page)
    assert "What changed since it was last asked" in changed
    assert "Safety recall: other words" in changed
    answer = {"do": "approve", "seen": seen_on(page)}
    assert second.post(f"{ASKED}answer/", answer).status_code == 303
    assert Wave.objects.get(number=2).state == WaveState.APPROVED


def test_it_is_sent_back_with_a_reason_that_its_writer_reads(
    written: Client, second: Client
) -> None:
    assert second.post(f"{ASKED}answer/", {"do": "send_back", "reason": " "}).status_code == 422
    sent = second.post(f"{ASKED}answer/", {"do": "send_back", "reason": "Name the shop."})
    assert sent.status_code == 303
    assert "Mia Made-Up sent it back: Name the shop." in text_in(written.get(ASKED))


def test_words_stand_beside_what_the_rules_find(written: Client) -> None:
    text = {"way": "email", "language": "en", "subject": "Great offer", "body": "Hello {nobody}"}
    assert written.post(f"{ASKED}ask/", {"do": "take_back"}).status_code == 303
    assert written.post(f"{ASKED}text/", text).status_code == 303
    page = text_in(written.get(ASKED))
    assert "does not say that this is a safety recall" in page
    assert "Nothing can stand in {nobody}" in page
    assert "Ask for approval" not in page
    begin = {"way": "email", "language": "en", "do": "standard"}
    assert written.post(f"{ASKED}text/", begin).status_code == 303
    assert "Ask for approval" in text_in(written.get(ASKED))


def test_the_mail_stands_in_a_frame_in_which_nothing_runs(written: Client) -> None:
    page = written.get(DRAFT)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    mail = written.get(f"{FIRST}mail/en/")
    policy = mail["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in mail
    assert written.get(f"{FIRST}mail/xx/").status_code == 404


def test_each_count_leads_to_its_rows(written: Client) -> None:
    page = main_of(written.get(DRAFT))
    addresses = {
        each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+/counted/[^"]+)"', page)
    }
    assert {each.rpartition("=")[2] for each in addresses} >= {"told", "no_way", "no_buyer"}
    assert "Contacts that no way of this wave reaches" in page
    for address in addresses:
        rows = written.get(address)
        assert rows.status_code == 200
        assert "There is no row" not in text_in(rows), address
    assert written.get(f"{DRAFT}counted/?why=made-up").status_code == 404


def test_each_figure_of_a_wave_at_work_leads_to_as_many_rows(written: Client) -> None:
    page = main_of(written.get(FIRST))
    found = re.findall(r'<a href="([^"]+/notices/[^"]*)">([\d,]+)<', page)
    assert len(found) > 5
    for address, number in found:
        rows = main_of(written.get(address.replace("&amp;", "&")))
        assert rows.count("<tr><th") - 1 == int(number), address


def test_an_end_is_a_day_and_a_time_only_while_something_is_sent(written: Client) -> None:
    assert "Done by about" in text_in(written.get(FIRST))
    written.post(f"{FIRST}act/", {"do": "pause"})
    paused = text_in(written.get(FIRST))
    assert "Done by about" not in paused
    assert "Let it go on" in paused


def test_a_wave_is_stopped_only_by_who_means_it_and_says_why(written: Client) -> None:
    assert written.post(f"{FIRST}act/", {"do": "stop", "reason": "Wrong"}).status_code == 422
    assert written.post(f"{FIRST}act/", {"do": "stop", "sure": "yes"}).status_code == 422
    stop = {"do": "stop", "sure": "yes", "reason": "Wrong words"}
    assert written.post(f"{FIRST}act/", stop).status_code == 303
    assert Wave.objects.get(number=1).state == WaveState.STOPPED
    assert "the wave was stopped" in text_in(written.get(FIRST))


def test_a_contact_is_shown_in_full_for_a_reason_that_is_kept(written: Client) -> None:
    notice = bounced()
    full = f"{FIRST}notices/{notice.pk}/full/"
    assert written.post(full, {"reason": " "}).status_code == 422
    shown = written.post(full, {"reason": "To mend it with the shop"})
    to = opened(notice, "sealed_to")
    assert to.endswith("@home.example")
    assert to in text_in(shown)
    row = StateChange.objects.get(subject=Subject.NOTICE, reason=Reason.PERSONAL_SHOWN)
    assert (row.subject_id, text_of(row.note)) == (notice.pk, "To mend it with the shop")
    viewer = sign_in(Client(), staff(Role.VIEWER))
    assert viewer.post(full, {"reason": "To look"}).status_code == 403
    assert viewer.get(f"{FIRST}notices/{notice.pk}/").status_code == 200


def test_a_contact_is_written_to_again_for_a_reason_that_is_kept(written: Client) -> None:
    row = Suppressed.objects.get()
    lift = f"{WAVES}not-written-to/{row.pk}/lift/"
    assert "a notice came back for good" in text_in(written.get(f"{WAVES}not-written-to/"))
    assert written.post(lift, {"reason": ""}).status_code == 422
    assert written.post(lift, {"reason": "The shop mended it"}).status_code == 303
    row.refresh_from_db()
    assert row.lifted_at is not None
    logged = StateChange.objects.filter(subject=Subject.SUPPRESSED).order_by("-pk")[0]
    assert text_of(logged.note) == "The shop mended it"
    assert "Max Made-Up" in text_in(written.get(f"{WAVES}not-written-to/?lifted=yes"))


def test_the_story_of_a_purchaser_says_what_they_were_told(written: Client) -> None:
    notice = DirectNotice.objects.filter(way=Way.EMAIL, purchaser__isnull=False).order_by("pk")[0]
    story = text_in(written.get(f"/desk/purchasers/{notice.purchaser_id}/"))
    assert "Something was sent to this person that did not come back." in story
    assert "sold it or gave it away" in story
    lost = bounced().purchaser_id
    story = text_in(written.get(f"/desk/purchasers/{lost}/"))
    assert "Nothing that was sent to this person is known to have arrived." in story


def test_who_only_sees_changes_nothing(waves: list[Wave]) -> None:
    viewer = sign_in(Client(), staff(Role.VIEWER))
    for path in (FIRST, ASKED, DRAFT):
        page = main_of(viewer.get(path))
        assert "<form" not in page, path
    for path, sent in (
        (f"{DRAFT}change/", {"name": "Other"}),
        (f"{DRAFT}text/", {"way": "sms", "language": "en", "body": "Other"}),
        (f"{DRAFT}ask/", {"do": "ask"}),
        (f"{ASKED}answer/", {"do": "approve"}),
        (f"{FIRST}act/", {"do": "pause"}),
    ):
        assert viewer.post(path, sent).status_code == 403, path


def test_what_is_typed_stays_where_it_cannot_be_saved(written: Client) -> None:
    sent = written.post(f"{DRAFT}change/", {"name": "Other name", "kind": "first"})
    assert sent.status_code == 422
    assert 'value="Other name"' in main_of(sent)
    assert Wave.objects.get(number=3).name != "Other name"


def test_a_test_leaves_the_firm_only_where_somebody_ticks_that_it_is_theirs(
    written: Client,
) -> None:
    written.post(f"{ASKED}ask/", {"do": "take_back"})
    to = {"way": "email", "to": "agency@example.com"}
    refused = written.post(f"{ASKED}test/", to)
    assert refused.status_code == 422
    assert "Tick that it is the firm&#x27;s own" in main_of(refused)
    assert 'value="agency@example.com"' in main_of(refused)
    assert not Mailing.objects.filter(purpose=Purpose.WAVE_TEST).exists()
    assert written.post(f"{ASKED}test/", to | {"ours": "yes"}).status_code == 303
    assert written.post(f"{ASKED}test/", to | {"to": "max@staff.example"}).status_code == 303
    bought = {"to": "buyer0@home.example", "ours": "yes"}
    assert "no test goes there" in main_of(written.post(f"{ASKED}test/", to | bought))
