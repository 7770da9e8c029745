"""An import needs a role, stands in the log, and its person approves and settles nothing of it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Contribution
from recalldesk.units.models import SerialImport
from tests.cast import SERIALS, Cast, Desk


def logged() -> list[tuple[int, int | None, int | None]]:
    rows = StateChange.objects.filter(subject=Subject.SERIAL_IMPORT).order_by("pk")
    return [(row.subject_id, row.actor_id, row.recall_id) for row in rows]


def test_whoever_may_not_edit_imports_nothing(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    for person in (cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            kettles.take(version, by=person)
    assert not SerialImport.objects.exists()


def test_the_log_says_who_imported_into_which_recall(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    report = kettles.take(version, by=cast.approver)
    assert logged() == [(report.pk, cast.approver.pk, version.recall_id)]


def test_a_repeat_that_brings_nothing_is_not_logged(kettles: Desk) -> None:
    version = kettles.apply()
    kettles.take(version)
    kettles.take(version)
    assert len(logged()) == 1


def test_whoever_only_imported_cannot_approve(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.take(version, by=cast.approver)
    assert version.author_id == cast.author.pk
    assert Contribution.objects.filter(version=version, by=cast.approver).count() == 1
    with pytest.raises(RecallProblem, match="Approver wrote at version 1"):
        kettles.approve(version)


@pytest.mark.parametrize(
    "column", ["lines", "heading", "accepted", "rejected", "duplicate", "blank"]
)
def test_the_database_accounts_for_every_line(
    kettles: Desk, statement: Callable[[str], None], column: str
) -> None:
    kettles.take(kettles.apply(), SERIALS)
    change = f"UPDATE units_serialimport SET {column} = {column} + 1"
    with pytest.raises(IntegrityError, match="every_line_is_accounted_for"), transaction.atomic():
        statement(change)


def test_the_database_keeps_who_imported(
    kettles: Desk, cast: Cast, statement: Callable[[str], None]
) -> None:
    kettles.take(kettles.apply(), SERIALS)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        statement(f"UPDATE units_serialimport SET by_id = {cast.approver.pk}")
