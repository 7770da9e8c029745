"""A version is approved as it stands: not while somebody's change of its scope is on the way."""

import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction

from recalldesk.recalls.actions import approve_version
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import SerialEntry, SerialList
from recalldesk.units.reads import covered_serials
from tests.cast import SERIALS, Desk, make_cast
from tests.raw_statements import IMPORT_COLUMNS

SHORT = 0.5
LONG = 20
CHANGES = {
    "an entry taken": f"DELETE FROM units_serialentry WHERE serial = '{SERIALS[0]}'",
    "an entry added": "INSERT INTO units_serialentry (serial_list_id, serial, serial_import_id)"
    f" SELECT serial_list_id, 'TW24000000', serial_import_id FROM units_serialentry"
    f" WHERE serial = '{SERIALS[0]}'",
    "a removal": 'INSERT INTO units_serialremoval (serial_list_id, start, "end", removed_in_id)'
    f" SELECT serial_list_id, '{SERIALS[0]}', '{SERIALS[0]}', version_id FROM units_serialimport",
    "an import": f"INSERT INTO units_serialimport (version_id, serial_list_id, {IMPORT_COLUMNS})"
    f" SELECT version_id, serial_list_id, {IMPORT_COLUMNS} FROM units_serialimport",
    "a reject": "INSERT INTO units_serialreject (serial_import_id, line_number, row, reason,"
    " settled_as) SELECT id, 1, 'x', 'nul', '' FROM units_serialimport",
}


class Approval:
    """An approval in a thread and a connection of its own."""

    def __init__(self, desk: Desk, version: RecallVersion) -> None:
        self.done = threading.Event()
        self._thread = threading.Thread(target=self._approve, args=(desk, version))
        self._thread.start()

    def _approve(self, desk: Desk, version: RecallVersion) -> None:
        try:
            approve_version(version=version, by=desk.cast.approver)
            self.done.set()
        finally:
            connections.close_all()

    def join(self) -> None:
        self._thread.join(LONG)
        assert self.done.is_set()


@pytest.fixture
def desk(transactional_db: None, quick_passwords: None, tmp_path: Path) -> Desk:
    return Desk(make_cast(), tmp_path)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_waits_until_a_change_is_committed(desk: Desk, change: str) -> None:
    draft = desk.apply()
    desk.take(draft)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(change)
        approval = Approval(desk, draft)
        assert not approval.done.wait(SHORT)
    approval.join()


def test_a_change_waits_for_an_approval_and_is_then_refused(desk: Desk) -> None:
    draft = desk.apply()
    desk.take(draft)
    refused = threading.Event()

    def delete() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(CHANGES["an entry taken"])
        except DatabaseError:
            refused.set()
        finally:
            connections.close_all()

    with transaction.atomic():
        approve_version(version=draft, by=desk.cast.approver)
        thread = threading.Thread(target=delete)
        thread.start()
        assert not refused.wait(SHORT)
    thread.join(LONG)
    assert refused.is_set()
    covered = covered_serials(draft, SerialList.objects.get())
    assert set(covered) == set(SERIALS) == set(SerialEntry.objects.values_list("serial", flat=True))
