"""Approval: by other eyes than the writer's, and final; the database itself keeps both."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.recalls.actions import approve_version
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Contribution, RecallVersion
from recalldesk.recalls.states import VersionState
from tests.cast import SERIALS, Cast, Desk, recall_text


def force(version: RecallVersion, **columns: object) -> None:
    """An update past every action, in a savepoint."""
    with transaction.atomic():
        RecallVersion.objects.filter(pk=version.pk).update(**columns)


def approval_by(person: Staff) -> dict[str, object]:
    return {"state": VersionState.APPROVED, "approved_by": person, "approved_at": clock.now()}


def going_live(index_name: str) -> dict[str, object]:
    return {
        "state": VersionState.LIVE,
        "index_name": index_name,
        "published_at": clock.now(),
    }


def test_somebody_else_approves(kettles: Desk, cast: Cast) -> None:
    version = approve_version(version=kettles.apply(), by=cast.approver)
    assert (version.state, version.approved_by) == (VersionState.APPROVED, cast.approver)
    assert version.approved_at is not None


def test_the_author_cannot_approve(kettles: Desk, cast: Cast) -> None:
    with pytest.raises(RecallProblem, match="wrote at version 1"):
        approve_version(version=kettles.apply(), by=cast.author)


def test_whoever_changed_the_draft_cannot_approve(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.apply(recall_text(units=7), by=cast.approver)
    with pytest.raises(RecallProblem, match="Approver wrote"):
        approve_version(version=version, by=cast.approver)


def test_a_viewer_and_somebody_who_left_cannot_approve(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    for person in (cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            approve_version(version=version, by=person)


def test_it_is_approved_once(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.approve(version)
    with pytest.raises(RecallProblem, match="not a draft"):
        kettles.approve(version)


def test_the_database_refuses_the_author(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    with pytest.raises(DatabaseError, match="cannot approve"):
        force(version, **approval_by(cast.author))


def test_the_database_refuses_an_author_who_is_no_contributor(kettles: Desk, cast: Cast) -> None:
    first = kettles.approved()
    draft = RecallVersion.objects.create(
        recall=first.recall, number=2, document={}, source="", author=cast.approver
    )
    with pytest.raises(DatabaseError, match="approver_is_not_author"):
        force(draft, **approval_by(cast.approver))


def test_the_database_refuses_a_contributor(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    Contribution.objects.create(version=version, by=cast.approver)
    with pytest.raises(DatabaseError, match="cannot approve"):
        force(version, **approval_by(cast.approver))


def test_the_database_refuses_a_contributor_in_two_steps(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    Contribution.objects.create(version=version, by=cast.approver)
    force(version, approved_by=cast.viewer)
    with pytest.raises(DatabaseError, match="cannot approve"):
        force(version, **approval_by(cast.approver))


def test_the_database_refuses_to_forget_who_contributed(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    with pytest.raises(DatabaseError), transaction.atomic():
        version.contributions.filter(by=cast.author).delete()


def test_the_database_lets_none_leave_the_draft_unapproved(kettles: Desk) -> None:
    version = kettles.apply()
    for state in (VersionState.APPROVED, VersionState.LIVE, VersionState.SUPERSEDED):
        with pytest.raises(DatabaseError):
            force(version, state=state, index_name="x")


FROZEN = {
    "number": 9,
    "document": {},
    "source": "other",
    "created_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    "approved_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    "state": VersionState.DRAFT,
}


@pytest.mark.parametrize("column", FROZEN)
def test_no_column_of_an_approved_version_changes(kettles: Desk, column: str) -> None:
    version = kettles.approved()
    with pytest.raises(DatabaseError):
        force(version, **{column: FROZEN[column]})
    version.refresh_from_db()
    assert getattr(version, column) != FROZEN[column]


@pytest.mark.parametrize("column", ["author", "approved_by"])
def test_nobody_else_becomes_its_author_or_approver(kettles: Desk, cast: Cast, column: str) -> None:
    version = kettles.approved()
    with pytest.raises(DatabaseError):
        force(version, **{column: cast.viewer})


def test_it_cannot_be_unapproved(kettles: Desk) -> None:
    version = kettles.approved()
    with pytest.raises(DatabaseError):
        force(version, state=VersionState.DRAFT, approved_at=None, approved_by=None)


def test_it_cannot_be_deleted(kettles: Desk) -> None:
    version = kettles.approved(serials=None)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        RecallVersion.objects.filter(pk=version.pk)._raw_delete("default")


@pytest.mark.parametrize("back", [VersionState.APPROVED, VersionState.DRAFT])
def test_the_database_lets_no_live_version_move_back(
    published_recall: RecallVersion, back: VersionState
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        force(published_recall, state=back)


def test_the_database_lets_no_replaced_version_go_live_again(kettles: Desk) -> None:
    first = kettles.published()
    second = kettles.published(recall_text(units=6), [*SERIALS, "TW24088881"])
    for version, refusal in ((first, "older version"), (second, "transition")):
        with pytest.raises(DatabaseError, match=refusal):
            instead_of(second, version)


def instead_of(live: RecallVersion, other: RecallVersion) -> None:
    with transaction.atomic():
        force(live, state=VersionState.SUPERSEDED)
        force(other, state=VersionState.LIVE)


def test_the_database_lets_no_version_superseded_unpublished_go_live(kettles: Desk) -> None:
    version = kettles.approve(kettles.apply())
    force(version, state=VersionState.SUPERSEDED)
    with pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        force(version, **going_live("kettle-k20-v1-x"))


@pytest.mark.parametrize("name", ["", "x", "kettle-k20-v2-x", "kettle-k20-v1-x/../kettle-k20-v2-x"])
def test_the_database_lets_a_version_go_live_by_its_own_index_only(
    kettles: Desk, name: str
) -> None:
    version = kettles.approve(kettles.apply())
    with pytest.raises(DatabaseError, match="index"):
        force(version, **going_live(name))


def test_the_database_keeps_what_a_publication_named(published_recall: RecallVersion) -> None:
    for columns in ({"index_name": "other"}, {"published_at": clock.now()}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            force(published_recall, **columns)
