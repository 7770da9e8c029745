"""Rows that were sealed in the first form are verified in it for ever."""

import pytest
from django.db import DatabaseError, transaction

from recalldesk.audit import canonical, sealing_blocks
from recalldesk.audit.findings import Kind
from recalldesk.audit.models import Block
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.verifying import verify
from tests.audit.written import a_row, behind_the_back, sealed_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> int:
    """A row that was sealed as it was done before; its number. A block of today follows."""
    with monkeypatch.context() as before:
        before.setattr(sealing_blocks, "FORM", 1)
        before.setattr(sealing_blocks, "row_digest", lambda row: canonical.row_digest(row, form=1))
        row = a_row(note="an older one")
        with behind_the_back():
            seal_what_waits()
    sealed_rows(2)
    return row.pk


def test_both_forms_make_one_chain(older: int) -> None:
    assert list(Block.objects.order_by("number").values_list("form", flat=True)) == [1, 2]
    assert verify().is_whole


def test_an_older_program_seals_nothing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not know the columns that came later: what it sealed would look touched for ever."""
    a_row()
    monkeypatch.setattr(sealing_blocks, "FORM", 1)
    with pytest.raises(DatabaseError, match="unsealed"), transaction.atomic():
        seal_what_waits()
    monkeypatch.undo()
    assert seal_what_waits() == 1


def test_a_column_that_came_later_holds_nothing_in_an_older_row(older: int) -> None:
    with behind_the_back() as cursor:
        cursor.execute(
            "UPDATE audit_statechange SET content_digest = '\\x00' WHERE id = %s", [older]
        )
    assert [(each.kind, each.row_id) for each in verify().findings.kept] == [
        (Kind.ROW_TOUCHED, older)
    ]
