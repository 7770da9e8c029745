"""The desk has a worker publish: once, by the same checks, and what it refuses is known."""

import errno
import os

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Subject
from recalldesk.recalls.approval import last_request
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import RequestKind, RequestState, VersionState
from recalldesk.units import publishing
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.publishing import PUBLISH, ask_to_publish, last_failure, publish_as_asked
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.console.recall_desk import at_desk
from tests.worked import run_jobs, waiting


def state_of_request(version: RecallVersion) -> str:
    request = last_request(version, RequestKind.PUBLICATION)
    assert request is not None
    return request.state


def test_a_worker_makes_it_live(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved()
    ask_to_publish(version=version, by=cast.approver)
    version.refresh_from_db()
    assert (version.state, state_of_request(version)) == ("approved", RequestState.WAITING)
    run_jobs(tasks=[PUBLISH])
    version.refresh_from_db()
    assert (version.state, state_of_request(version)) == ("live", RequestState.GRANTED)


def test_asked_for_twice_it_is_done_once(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved()
    first = ask_to_publish(version=version, by=cast.approver)
    assert ask_to_publish(version=version, by=cast.administrator) == first
    assert len(waiting(PUBLISH)) == 1
    run_jobs(tasks=[PUBLISH])
    assert ask_to_publish(version=version, by=cast.approver) is None
    assert first is not None
    publish_as_asked(request_id=first.pk)
    assert version.requests.filter(kind=RequestKind.PUBLICATION).count() == 1


def test_what_holds_it_back_is_said_and_it_can_be_asked_again(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(recall_text(units=900))
    for _ in range(2):
        ask_to_publish(version=version, by=cast.approver)
        run_jobs(tasks=[PUBLISH])
        version.refresh_from_db()
        assert (version.state, state_of_request(version)) == ("approved", RequestState.REFUSED)
    last = rows_about({Subject.RECALL_VERSION: [version.pk]})[-1]
    assert last.row.to_state == "publication_refused"
    assert "The recall states 900 units, its scope has 5" in last.note


def test_why_an_attempt_failed_is_said_once_and_it_is_tried_again(
    kettles: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kettles.approved()
    request = ask_to_publish(version=version, by=cast.approver)
    assert request is not None
    assert last_failure(version) == ""

    def fails(**_: object) -> None:
        raise errors[0]

    errors: list[Exception] = [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/a/folder")]
    monkeypatch.setattr(publishing, "publish_version", fails)
    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            publish_as_asked(request_id=request.pk)
    assert last_failure(version) == "No space left on device."
    errors[0] = ValueError(SERIALS[0])
    with pytest.raises(ValueError, match=SERIALS[0]):
        publish_as_asked(request_id=request.pk)
    assert last_failure(version) == "ValueError; the log of the worker says more."
    rows = rows_about({Subject.RECALL_VERSION: [version.pk]})
    assert [each.row.to_state for each in rows].count("publication_failed") == 2
    page = at_desk(cast.approver).page()
    assert "The last attempt failed: ValueError" in page
    monkeypatch.undo()
    publish_as_asked(request_id=request.pk)
    assert state_of_request(version) == RequestState.GRANTED


def test_whoever_may_not_any_more_publishes_nothing(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved()
    ask_to_publish(version=version, by=cast.approver)
    cast.approver.role = Role.VIEWER
    cast.approver.save()
    run_jobs(tasks=[PUBLISH])
    version.refresh_from_db()
    assert (version.state, state_of_request(version)) == ("approved", RequestState.REFUSED)


def test_only_what_is_approved_and_only_by_who_may(kettles: Desk, cast: Cast) -> None:
    with pytest.raises(PublicationRefused, match="Version 1 is draft"):
        ask_to_publish(version=kettles.apply(), by=cast.approver)
    kettles.take(draft := kettles.apply(), SERIALS)
    version = kettles.approve(draft)
    with pytest.raises(NotPermitted):
        ask_to_publish(version=version, by=cast.viewer)
    assert version.state == VersionState.APPROVED
