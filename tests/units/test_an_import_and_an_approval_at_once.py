"""While a file comes in, its draft is not approved: nobody approves what they have not seen."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections, transaction

from recalldesk.recalls.actions import approve_version
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.errors import VersionNotDraft
from recalldesk.units.importing.run import Progress
from recalldesk.units.models import SerialEntry, SerialReject
from tests.units.desk import Desk, make_desk

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0
A_WHILE = 1.0


class Beside(threading.Thread):
    """A call on a database connection of its own."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._call = call
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._call()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()


def test_the_approval_waits_for_the_import(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    reached, go_on = threading.Event(), threading.Event()

    def hold(_: Progress) -> None:
        reached.set()
        assert go_on.wait(SECONDS)

    importing = Beside(lambda: desk.take("serial\nAB1201\nAB1202\nbad!!!\n", progress=hold))
    importing.start()
    assert reached.wait(SECONDS)
    approving = Beside(lambda: approve_version(version=desk.version, by=desk.approver))
    approving.start()
    approving.join(A_WHILE)
    try:
        assert approving.is_alive()
        assert RecallVersion.objects.get().state == VersionState.DRAFT
    finally:
        go_on.set()
        importing.join(SECONDS)
        approving.join(SECONDS)
    assert (importing.error, approving.error) == (None, None)
    assert RecallVersion.objects.get().state == VersionState.APPROVED
    assert (SerialEntry.objects.count(), SerialReject.objects.count()) == (2, 1)


def test_an_import_that_meets_an_approval_waits_and_is_refused_in_words(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    approved, go_on = threading.Event(), threading.Event()

    def approve_slowly() -> None:
        with transaction.atomic():
            approve_version(version=desk.version, by=desk.approver)
            approved.set()
            assert go_on.wait(SECONDS)

    approving = Beside(approve_slowly)
    approving.start()
    assert approved.wait(SECONDS)
    importing = Beside(lambda: desk.take("serial\nAB1201\n"))
    importing.start()
    importing.join(A_WHILE)
    try:
        assert importing.is_alive()
    finally:
        go_on.set()
        approving.join(SECONDS)
        importing.join(SECONDS)
    assert approving.error is None
    assert isinstance(importing.error, VersionNotDraft)
    assert not SerialEntry.objects.exists()


def test_an_import_that_comes_after_the_approval_is_refused(tmp_path: Path) -> None:
    desk: Desk = make_desk(tmp_path)
    approve_version(version=desk.version, by=desk.approver)
    late = Beside(lambda: desk.take("serial\nAB1201\n"))
    late.start()
    late.join(SECONDS)
    assert isinstance(late.error, VersionNotDraft)
    assert not SerialEntry.objects.exists()
