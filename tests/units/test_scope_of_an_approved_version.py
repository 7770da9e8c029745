"""The database itself refuses to change what an approved version covers."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from tests.units.desk import Desk

CHANGES = [
    "INSERT INTO units_serialentry (serial_list_id, serial, serial_import_id)"
    " SELECT serial_list_id, serial || '9', serial_import_id FROM units_serialentry",
    'INSERT INTO units_rangeentry (serial_list_id, start, "end", serial_import_id)'
    " SELECT serial_list_id, start || '9', \"end\" || '9', serial_import_id FROM units_rangeentry",
    "UPDATE units_serialentry SET serial = 'AB7777'",
    "UPDATE units_rangeentry SET \"end\" = 'AB7777'",
    "DELETE FROM units_serialentry",
    "DELETE FROM units_rangeentry",
    "DELETE FROM units_serialremoval",
    "UPDATE units_serialremoval SET start = 'AB7777'",
    "UPDATE units_serialremoval SET restored_in_id = removed_in_id",
    "UPDATE units_serialimport SET lines = lines + 1, blank = blank + 1",
    "UPDATE units_seriallist SET name = 'other'",
    "UPDATE recalls_recall SET slug = 'other'",
    'INSERT INTO units_serialremoval (serial_list_id, start, "end", removed_in_id)'
    " SELECT serial_list_id, 'AB1202', 'AB1202', removed_in_id FROM units_serialremoval",
]


@pytest.mark.parametrize("change", CHANGES)
def test_no_row_of_it_is_added_changed_or_deleted(
    desk: Desk, statement: Callable[[str], None], change: str
) -> None:
    desk.take("serial\nAB1201\nAB1202\n")
    desk.approve()
    desk.take("serial\nAB1202\nAB1203\n", replace=True)
    desk.take("start,end\nAB3000,AB3001\n")
    desk.approve()
    with pytest.raises(DatabaseError), transaction.atomic():
        statement(change)


def test_an_entry_without_an_import_is_refused(
    desk: Desk, statement: Callable[[str], None]
) -> None:
    with pytest.raises(DatabaseError, match="scope"), transaction.atomic():
        statement("INSERT INTO units_serialentry VALUES ('AB1201', 0, 1)")


def test_a_reject_is_settled_once_and_never_rewritten(
    desk: Desk, statement: Callable[[str], None]
) -> None:
    desk.take("serial\nAB1201\nnonsense!\n")
    desk.approve()
    for change in (
        "DELETE FROM units_serialreject",
        "UPDATE units_serialreject SET reason = 'nul'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement(change)
    by_another = f"settled_by_id = {desk.approver.pk}, settled_as = 'not_a_unit'"
    statement(f"UPDATE units_serialreject SET settled_at = now(), {by_another}")
    with pytest.raises(DatabaseError), transaction.atomic():
        statement(
            "UPDATE units_serialreject SET settled_at = NULL, settled_by_id = NULL, settled_as = ''"
        )
