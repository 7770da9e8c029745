"""A draft is sent to other eyes; what is written at it then ends that, and each is told once."""

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.mailing.requests import tell_of_request
from recalldesk.recalls.actions import approve_version
from recalldesk.recalls.approval import (
    approvers_of,
    last_request,
    send_back,
    send_for_approval,
    waiting_for,
    waiting_request,
)
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.keeping import drop_unfinished, keep_text, written_file
from recalldesk.recalls.models import RecallVersion, VersionRequest
from recalldesk.recalls.states import RequestKind, RequestState
from tests.cast import SERIALS, SLUG, Cast, Desk, recall_text
from tests.worked import run_jobs

APPROVAL = RequestKind.APPROVAL
Outbox = list[EmailMessage]


@pytest.fixture
def sent(kettles: Desk, cast: Cast) -> RecallVersion:
    version = kettles.apply()
    send_for_approval(version=version, by=cast.author, word="Please look at the dates.")
    return version


def logged(version: RecallVersion) -> list[tuple[str, str]]:
    rows = rows_about({Subject.RECALL_VERSION: [version.pk]})
    return [(each.row.to_state, each.note) for each in rows]


def test_it_waits_for_those_who_may_and_wrote_nothing(sent: RecallVersion, cast: Cast) -> None:
    names = [person.name for person in approvers_of(sent)]
    assert names == ["Administrator", "Approver"]
    assert [each.version for each in waiting_for(cast.approver)] == [sent]
    assert waiting_for(cast.author) == []
    assert waiting_for(cast.viewer) == []
    assert ("approval_asked", "Please look at the dates.") in logged(sent)


def test_sent_twice_it_waits_once(sent: RecallVersion, cast: Cast) -> None:
    first = waiting_request(sent, APPROVAL)
    assert send_for_approval(version=sent, by=cast.author) == first
    assert sent.requests.count() == 1


def test_those_who_may_approve_get_one_mail_each(sent: RecallVersion, mailoutbox: Outbox) -> None:
    run_jobs()
    tell_of_request(request_id=sent.requests.get().pk)
    run_jobs()
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "administrator@desk.example",
        "approver@desk.example",
    ]
    assert mailoutbox[0].subject == "kettle-k20 version 1 waits for your approval"
    assert "/desk/recalls/kettle-k20/versions/1/" in mailoutbox[0].body
    assert "dates" not in mailoutbox[0].body


def test_applying_another_file_withdraws_it(
    sent: RecallVersion, kettles: Desk, cast: Cast, mailoutbox: Outbox
) -> None:
    kettles.apply(recall_text(units=6))
    ended = last_request(sent, APPROVAL)
    assert ended is not None
    assert (ended.state, ended.ended_by) == (RequestState.WITHDRAWN, cast.author)
    assert logged(sent)[-2][0] == "approval_withdrawn"
    run_jobs()
    assert mailoutbox == []


def test_an_unfinished_change_withdraws_it_and_until_it_is_gone_none_is_sent(
    sent: RecallVersion, cast: Cast
) -> None:
    there = written_file(SLUG)
    assert there is not None
    half = recall_text().replace('"US"', '"usa"')
    assert keep_text(slug=SLUG, text=half, seen=there.digest, by=cast.author).problems
    assert waiting_for(cast.approver) == []
    assert logged(sent)[-1][0] == "approval_withdrawn"
    for attempt in (send_for_approval, approve_version):
        by = cast.author if attempt is send_for_approval else cast.approver
        with pytest.raises(RecallProblem, match="is not complete") as refused:
            attempt(version=sent, by=by)
        assert "Complete it there, or drop it" in refused.value.hint
    there = written_file(SLUG)
    assert there is not None
    drop_unfinished(slug=SLUG, seen=there.both, by=cast.author)
    assert send_for_approval(version=sent, by=cast.author).state == RequestState.WAITING


def test_the_same_file_again_withdraws_nothing(sent: RecallVersion, kettles: Desk) -> None:
    kettles.apply()
    assert waiting_request(sent, APPROVAL) is not None


def test_importing_serials_withdraws_it(sent: RecallVersion, kettles: Desk) -> None:
    kettles.take(sent, SERIALS)
    assert waiting_request(sent, APPROVAL) is None


def test_approving_it_grants_it_and_whoever_sent_it_is_told(
    sent: RecallVersion, cast: Cast, mailoutbox: Outbox
) -> None:
    run_jobs()
    mailoutbox.clear()
    approve_version(version=sent, by=cast.approver)
    ended = last_request(sent, APPROVAL)
    assert ended is not None
    assert ended.state == RequestState.GRANTED
    run_jobs()
    assert [(m.to, m.subject) for m in mailoutbox] == [
        (["author@desk.example"], "kettle-k20 version 1 is approved")
    ]


def test_it_is_sent_back_with_a_reason_and_sent_again(
    sent: RecallVersion, cast: Cast, mailoutbox: Outbox
) -> None:
    run_jobs()
    mailoutbox.clear()
    send_back(version=sent, by=cast.approver, reason="The price is missing.")
    assert logged(sent)[-1] == ("sent_back", "The price is missing.")
    run_jobs()
    (mail,) = mailoutbox
    assert mail.subject == "kettle-k20 version 1 was sent back"
    assert "price" not in mail.body
    send_for_approval(version=sent, by=cast.author)
    assert waiting_request(sent, APPROVAL) is not None


def test_it_is_sent_back_by_other_eyes_and_with_a_reason_only(
    sent: RecallVersion, cast: Cast
) -> None:
    with pytest.raises(RecallProblem, match="wrote at version 1"):
        send_back(version=sent, by=cast.author, reason="No.")
    with pytest.raises(RecallProblem, match="Say why"):
        send_back(version=sent, by=cast.approver, reason="  ")
    with pytest.raises(NotPermitted):
        send_back(version=sent, by=cast.viewer, reason="No.")
    assert waiting_request(sent, APPROVAL) is not None


def test_what_does_not_wait_is_not_sent_back(kettles: Desk, cast: Cast) -> None:
    with pytest.raises(RecallProblem, match="does not wait for approval"):
        send_back(version=kettles.apply(), by=cast.approver, reason="No.")


def test_only_a_draft_is_sent_and_only_by_who_may_write(kettles: Desk, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        send_for_approval(version=kettles.apply(), by=cast.viewer)
    with pytest.raises(RecallProblem, match="not a draft"):
        send_for_approval(version=kettles.approved(), by=cast.author)


def test_the_database_keeps_one_waiting_and_what_was_asked(sent: RecallVersion, cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="asked_for_once"), transaction.atomic():
        VersionRequest.objects.create(version=sent, kind=APPROVAL, by=cast.author)
    changes: list[dict[str, object]] = [
        {"by": cast.viewer},
        {"state": RequestState.GRANTED},
        {"kind": RequestKind.PUBLICATION},
    ]
    for columns in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            sent.requests.update(**columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        sent.requests.get().delete()


def test_the_database_lets_no_request_wait_again(sent: RecallVersion, cast: Cast) -> None:
    send_back(version=sent, by=cast.approver, reason="No.")
    with pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        sent.requests.update(state=RequestState.WAITING, ended_at=None)
    with pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        sent.requests.update(state=RequestState.GRANTED, ended_at=clock.now())
