"""From a file to live at the desk: sent, previewed, sent back, mended, approved, published."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from recalldesk.recalls.keeping import keep_text, written_file
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from tests.at_the_desk import main_of
from tests.cast import SERIALS, SLUG, Cast, Command, Desk, recall_text
from tests.console.recall_desk import AtDesk, at_desk
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
UNDATED = recall_text().replace("announced = 2025-03-03", "")
OFF = "The handle can come off"


@pytest.fixture
def author(cast: Cast) -> AtDesk:
    return at_desk(cast.author)


@pytest.fixture
def approver(cast: Cast) -> AtDesk:
    return at_desk(cast.approver)


@pytest.fixture
def draft(kettles: Desk) -> RecallVersion:
    version = kettles.apply()
    kettles.take(version, SERIALS)
    return version


def version() -> RecallVersion:
    return RecallVersion.objects.get(recall__slug=SLUG, number=1)


def test_the_whole_way(
    draft: RecallVersion,
    kettles: Desk,
    author: AtDesk,
    approver: AtDesk,
    client: Client,
    command: Command,
    mailoutbox: list[EmailMessage],
) -> None:
    assert "Send it to somebody who wrote nothing of it." in author.page()
    assert {"approve", "send-back"} & set(approver.forms()) == set()
    assert author.press("send", word="Please look at the hazard.").status_code == 303
    run_jobs()
    assert [m.to[0] for m in mailoutbox] == ["administrator@desk.example", "approver@desk.example"]
    start = approver.client.get("/desk/").content.decode()
    assert "waits for your approval; Author sent it" in start
    assert "waits for your approval" not in author.client.get("/desk/").content.decode()
    assert "Please look at the hazard." in approver.page()

    for language, hazard in (("en", "The handle can break"), ("es", "El asa")):
        led = approver.press("link", open=language)
        shown = client.get(led["Location"])
        assert hazard in shown.content.decode()

    assert approver.press("send-back", reason="It comes off, says the lab.").status_code == 303
    assert "sent back to you" in author.client.get("/desk/").content.decode()
    assert "It comes off, says the lab." in author.page()

    path = kettles.folder / "recall.toml"
    path.write_text(recall_text().replace("The handle can break", OFF), encoding="utf-8")
    applied = command("recall", "apply", str(path), "--as", "author@desk.example")
    assert applied.code == 0, applied.err
    assert author.press("send").status_code == 303
    assert approver.press("approve", note="Seen.").status_code == 303
    assert "nothing holds it back" in approver.page()
    assert approver.press("publish").status_code == 303
    waiting = approver.answer().content.decode()
    assert "It is being published." in waiting
    assert '<meta http-equiv="refresh" content="4">' in waiting
    run_jobs()
    live.forget()
    assert "Owners are answered by version 1." in approver.page()
    assert OFF in client.get(f"/en/recalls/{SLUG}/").content.decode()
    history = approver.page().partition("What happened to it")[2]
    for what in ("published", "approved", "sent back", "sent for approval", "written at"):
        assert what in history


def test_whoever_wrote_at_it_is_offered_no_answer(draft: RecallVersion, author: AtDesk) -> None:
    author.press("send")
    assert "It waits for approval by Administrator or Approver." in author.page()
    assert {"approve", "send-back", "send"} & set(author.forms()) == set()
    refused = author.send("approve", {"stamp": "x" * 64})
    assert refused.status_code == 422
    assert version().state == "draft"


def test_a_viewer_sees_all_and_does_nothing(
    draft: RecallVersion, author: AtDesk, cast: Cast
) -> None:
    author.press("send")
    viewer = at_desk(cast.viewer)
    assert "How it will read" in viewer.page()
    assert viewer.forms() == {}
    for what in ("send", "send-back", "approve", "override", "override-notice", "publish", "link"):
        assert viewer.send(what, {}).status_code == 403


def test_what_changed_since_one_looked_is_not_approved(
    draft: RecallVersion, kettles: Desk, author: AtDesk, approver: AtDesk
) -> None:
    author.press("send")
    seen = approver.forms()["approve"]
    kettles.apply(recall_text(units=5).replace("The handle can break", OFF))
    author.press("send")
    refused = approver.send("approve", seen | {"note": "I looked at it."})
    assert refused.status_code == 422
    assert "Version 1 changed since you looked." in main_of(refused)
    assert 'value="I looked at it."' in main_of(refused)
    assert version().state == "draft"
    assert approver.press("approve").status_code == 303


def test_serials_that_came_since_are_not_approved_either(
    draft: RecallVersion, kettles: Desk, author: AtDesk, approver: AtDesk
) -> None:
    author.press("send")
    seen = approver.forms()["approve"]
    kettles.take(draft, ["TW24088881"])
    assert approver.send("approve", seen).status_code == 422
    assert version().state == "draft"


def test_a_form_without_a_stamp_approves_nothing(
    draft: RecallVersion, author: AtDesk, approver: AtDesk
) -> None:
    author.press("send")
    assert approver.send("approve", {}).status_code == 422
    assert version().state == "draft"


def test_double_clicks_do_it_once_and_say_so(
    draft: RecallVersion, author: AtDesk, approver: AtDesk
) -> None:
    form = author.forms()["send"]
    assert [author.send("send", form).status_code for _ in range(2)] == [303, 303]
    assert draft.requests.count() == 1
    form = approver.forms()["approve"]
    assert [approver.send("approve", form).status_code for _ in range(2)] == [303, 422]
    form = approver.forms()["publish"]
    assert [approver.send("publish", form).status_code for _ in range(2)] == [303, 303]
    run_jobs()
    assert approver.send("publish", form).status_code == 303
    assert version().requests.filter(kind="publication").count() == 1


def test_sent_back_after_somebody_approved_is_refused_and_nothing_typed_is_lost(
    draft: RecallVersion, author: AtDesk, approver: AtDesk, cast: Cast
) -> None:
    author.press("send")
    form = at_desk(cast.administrator).forms()["send-back"]
    approver.press("approve")
    late = at_desk(cast.administrator).send("send-back", form | {"reason": "Not yet."})
    assert late.status_code == 422
    assert "does not wait for approval" in main_of(late)


def test_an_error_of_the_notice_is_overridden_with_a_reason_by_who_approves(
    kettles: Desk, author: AtDesk, approver: AtDesk
) -> None:
    kettles.take(kettles.apply(UNDATED), SERIALS)
    assert "What holds publication back" in author.page()
    author.press("send")
    fields = [name for name in approver.forms()["approve"] if name.startswith("why-")]
    assert fields
    assert approver.press("approve").status_code == 422
    assert (
        approver.press("approve", **dict.fromkeys(fields, "A chat costs nothing.")).status_code
        == 303
    )
    assert version().notice_overrides.count() == len(fields)


def test_one_reason_may_stand_for_all_errors_and_for_no_warning(
    kettles: Desk, author: AtDesk, approver: AtDesk
) -> None:
    text = UNDATED.replace('legal_name = "Tidewater Kitchen, Inc."', "")
    kettles.take(kettles.apply(text), SERIALS)
    author.press("send")
    errors = [name for name in approver.forms()["approve"] if name.startswith("why-")]
    assert len(errors) == 3  # two errors, and the field for all
    assert approver.press("approve", **{"why-all": "Known by Friday."}).status_code == 303
    assert version().notice_overrides.count() == 2
    history = approver.page().partition("What happened to it")[2]
    assert "Approver: overrode us-date" in history
    assert history.count("Known by Friday.") == 2


def test_two_people_override_a_count_and_each_what_they_saw(
    kettles: Desk, author: AtDesk, approver: AtDesk, cast: Cast
) -> None:
    kettles.approved(recall_text(units=900))
    assert "The recall states 900 units, its scope has 5." in approver.page()
    assert "publish" not in approver.forms()
    stale = approver.send("override", {"finding": "0" * 64, "reason": "Why not."})
    assert stale.status_code == 422
    assert "changed since you looked" in main_of(stale)
    assert approver.press("override", reason="").status_code == 422
    assert approver.press("override", reason="Counted twice.").status_code == 303
    assert "override" not in approver.forms()
    assert "One other person would have to override it" in approver.page()
    assert at_desk(cast.administrator).press("override", reason="So it is.").status_code == 303
    assert approver.press("publish").status_code == 303
    run_jobs()
    assert version().state == "live"


def test_what_the_worker_refused_stands_on_the_page(kettles: Desk, approver: AtDesk) -> None:
    kettles.approved(recall_text(units=900))
    approver.send("publish", {})
    run_jobs()
    assert "not published" in approver.page().partition("What happened to it")[2]
    assert version().state == "approved"


def test_without_a_worker_the_page_says_what_to_do(kettles: Desk, approver: AtDesk) -> None:
    kettles.approved()
    approver.press("publish")
    assert "<code>recalldesk work</code>" in approver.page()


def test_nobody_left_to_approve_is_said(draft: RecallVersion, author: AtDesk, cast: Cast) -> None:
    for person in (cast.approver, cast.administrator):
        person.is_active = False
        person.save()
    author.press("send")
    assert "an administrator invites somebody" in author.page()


def test_a_version_says_that_an_unfinished_change_lies_beside_it(
    draft: RecallVersion, author: AtDesk, approver: AtDesk
) -> None:
    author.press("send")
    there = written_file(SLUG)
    assert there is not None
    half = recall_text().replace('"US"', '"usa"')
    keep_text(slug=SLUG, text=half, seen=there.digest, by=draft.author)
    for person in (author, approver):
        assert "An unfinished change lies beside it" in person.page()
        assert {"send", "approve", "send-back"} & set(person.forms()) == set()
    assert f'href="/desk/recalls/{SLUG}/edit/"' in author.page()
