"""An authority sees the recalls of its seats, masked, and nothing else of the desk."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.console.access import needs_of
from recalldesk.inquiries.giving import end_seat
from recalldesk.inquiries.models import Seat
from recalldesk.recalls.models import Recall, RecallVersion
from tests.architecture.addresses import every_address, made_up
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SERIALS, SLUG, Cast
from tests.console.seat_rows import SAYS, made_figures
from tests.inquiries.seated import regulator, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
HERE = f"/desk/seat/{SLUG}/"
SEAT_PAGES = ("", "notice/", "corrections/", "reach/", "incidents/", "stock/", "log/", "questions/")
ROW_PAGES = (
    "corrections/rows/?figure=corrected&so_far=1",
    "reach/units/",
    "incidents/incidents/",
    "stock/on_hand/",
)
OWN = {Permission.SEE_REPORTS, Permission.ASK_FIRM}
LINK = re.compile(r'href="([^"]+)"')


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


@pytest.fixture
def greta(recall: Recall, cast: Cast) -> Staff:
    person = regulator()
    seat(person, recall, given_by=cast.administrator)
    return person


@pytest.fixture
def told(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    made_figures(recall, cast.administrator, tmp_path)


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(main_of(response))


def test_an_authority_begins_at_its_seat_and_finds_no_other_place(
    client: Client, greta: Staff
) -> None:
    sign_in(client, greta)
    assert client.get("/desk/").headers["Location"] == "/desk/seat/"
    page = client.get("/desk/seat/").content.decode()
    bar = re.search(r'<nav class="row" aria-label="Desk">.*?</nav>', page, re.DOTALL)
    assert bar
    assert set(LINK.findall(bar[0])) <= {"/desk/seat/", "/desk/reports/"}
    assert HERE in LINK.findall(page)


def test_only_addresses_of_reports_and_questions_open_for_an_authority() -> None:
    person = Staff(role=Role.REGULATOR)
    opens = {
        address.path
        for address in every_address()
        if isinstance(needs := needs_of(address.view), Permission) and person.may(needs)
    }
    assert opens
    below = ("/desk/seat/", "/desk/reports/", "/desk/effectiveness/", "/desk/publicity/")
    assert [path for path in opens if not path.startswith(below)] == []
    assert {each for each in Permission if person.may(each)} == OWN


@pytest.mark.usefixtures("told")
def test_the_pages_of_a_seat_lead_to_one_another_and_to_nothing_that_is_closed(
    client: Client, greta: Staff
) -> None:
    sign_in(client, greta)
    seen, waiting = set[str](), ["/desk/seat/"]
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/desk/"):
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response.headers["Content-Type"].startswith("text/html"):
            links = map(unescape, LINK.findall(main_of(response)))
            waiting += [link for link in links if "/desk/seat/" in link]
    assert {f"{HERE}{page}" for page in SEAT_PAGES} <= seen
    assert any("corrections/rows/" in each for each in seen)
    assert f"{HERE}reach/units/" in seen
    assert f"{HERE}incidents/incidents/" in seen
    assert f"{HERE}stock/on_hand/" in seen


@pytest.mark.usefixtures("told")
def test_a_recall_without_a_seat_answers_as_one_that_does_not_exist(
    client: Client, recall: Recall, cast: Cast
) -> None:
    other = regulator("Hedda Health", email="hedda@other.example")
    toaster = Recall.objects.create(slug="toaster-t1")
    held = seat(other, toaster, given_by=cast.administrator)
    sign_in(client, other)

    def answer(slug: str, page: str) -> tuple[int, str]:
        response = client.get(f"/desk/seat/{slug}/{page}")
        return response.status_code, main_of(response).replace(slug, "")

    for page in (*SEAT_PAGES, *ROW_PAGES, "questions/1/"):
        assert answer(SLUG, page) == answer("no-such-recall", page)
        assert answer(SLUG, page)[0] == 404, page
    assert client.post(f"{HERE}questions/", {"subject": "s", "text": "t"}).status_code == 404
    assert client.post(f"{HERE}log/").status_code == 404
    assert client.get("/desk/seat/toaster-t1/").status_code == 200
    end_seat(number=held.pk, by=cast.administrator)
    assert client.get("/desk/seat/toaster-t1/").status_code == 404
    assert "No seat of yours is open" in html(client, "/desk/seat/")


@pytest.mark.usefixtures("recall")
def test_every_address_that_names_a_recall_is_closed_without_a_seat_at_it(client: Client) -> None:
    sign_in(client, regulator())
    tried = []
    for address in every_address():
        values = made_up(address.pattern.pattern.converters)
        if needs_of(address.view) in OWN and "slug" in values:
            path = reverse(address.name, kwargs=values | {"slug": SLUG})
            for method in (client.get, client.post):
                assert method(path).status_code in (404, 405), path
            tried.append(path)
    assert len(tried) >= len(SEAT_PAGES)


@pytest.mark.usefixtures("told")
def test_rows_are_masked_and_each_look_at_them_is_logged(client: Client, greta: Staff) -> None:
    sign_in(client, greta)
    for page in ROW_PAGES:
        shown = html(client, HERE + page)
        assert "<tbody>" in shown, page
        secret = (*SERIALS, SAYS, "MADE-UP-114-1", "@", "Example Street")
        assert not any(words in shown for words in secret), page
    looks = StateChange.objects.filter(subject=Subject.SEAT, reason=Reason.LOOKED_AT)
    assert {each.subject_id for each in looks} == {Seat.objects.get().pk}
    assert {each.actor_id for each in looks} == {greta.pk}
    notes = [text_of(each.note) for each in looks.select_related("note").order_by("pk")]
    assert [note.partition("?")[0] for note in notes] == [
        "corrections",
        "reach/units",
        "incidents/incidents",
        "stock/on_hand",
    ]


@pytest.mark.usefixtures("told")
def test_the_firms_own_people_see_it_as_an_authority_does_and_no_look_is_written(
    client: Client, cast: Cast
) -> None:
    sign_in(client, cast.viewer)
    assert HERE in html(client, "/desk/seat/")
    for page in ("", *ROW_PAGES):
        html(client, HERE + page)
    assert not StateChange.objects.filter(subject=Subject.SEAT).exists()
    assert client.get(f"{HERE}questions/").status_code == 403


def test_rows_of_no_figure_are_no_rows(client: Client, greta: Staff) -> None:
    sign_in(client, greta)
    for page in (
        "corrections/rows/",
        "corrections/rows/?figure=corrected&recall=toaster-t1",
        "corrections/rows/?figure=corrected&from=x",
        "reach/nothing/",
        "reach/units/?channel=nowhere",
        "incidents/nothing/",
        "incidents/incidents/?when=never",
    ):
        assert client.get(HERE + page).status_code == 404, page
    assert not StateChange.objects.filter(subject=Subject.SEAT).exists()


def test_the_log_is_verified_from_a_seat_and_none_of_its_rows_is_shown(
    client: Client, greta: Staff
) -> None:
    sign_in(client, greta)
    assert "How far it is sealed" in html(client, f"{HERE}log/")
    verified = client.post(f"{HERE}log/")
    assert verified.status_code == 200
    assert "Nothing was touched" in main_of(verified)


def test_without_a_second_factor_no_seat_opens(client: Client, greta: Staff) -> None:
    sign_in(client, greta, second_factor=False)
    assert client.get(HERE).headers["Location"] == reverse("console:second_factor")


def test_a_draft_is_told_to_no_authority(client: Client, cast: Cast, greta: Staff) -> None:
    draft = Recall.objects.create(slug="toaster-t1")
    seat(greta, draft, given_by=cast.administrator)
    sign_in(client, greta)
    assert "Nothing is published yet" in html(client, "/desk/seat/toaster-t1/")
    assert "Nothing is published yet" in html(client, "/desk/seat/toaster-t1/notice/")
    assert client.get("/desk/seat/toaster-t1/corrections/").status_code == 404
    assert staff(Role.VIEWER).may(Permission.SEE_REPORTS)
