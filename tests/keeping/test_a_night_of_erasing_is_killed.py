"""A night of erasing that is killed after any statement that writes is run again: what is due is
erased once, with one stub and one row of the log, and what figures count is as it was."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.audit.models import StateChange
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Claim, Filing
from recalldesk.evidence.deferring import FORGET_FILES
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.keeping import daily
from recalldesk.keeping.kinds import YEAR, Kind
from recalldesk.keeping.models import Erased
from recalldesk.keeping.states import Thing
from tests.cast import SERIALS
from tests.claims.owner import MONEY, OLGA, PAVEL
from tests.keeping.kept import held
from tests.remedies.scripted import Killed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WRITES = ("INSERT", "UPDATE", "DELETE", "RELEASE")
"""Whoever is killed at a statement that only reads, or before one that writes, leaves what the one
before it left. `RELEASE` is how a transaction within the test's own is committed."""
STEP = 1 if os.environ.get("RECALLDESK_ALL_PAGES") else 5


@contextmanager
def killed_after(point: int) -> Iterator[list[str]]:
    """Whoever runs in it dies after this statement that writes."""
    said = list[str]()

    def at_each(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(WRITES):
            return execute(sql, *rest)
        done = execute(sql, *rest)
        said.append(sql)
        if len(said) == point:
            raise Killed
        return done

    with connection.execute_wrapper(at_each):
        yield said


def figures() -> list[Any]:
    """What a figure may count: stages and dates of claims, and rows."""
    claims = Claim.objects.order_by("pk").values_list("pk", "state", "state_since", "holds_unit")
    filings = Filing.objects.order_by("pk").values_list("pk", "reference", "filed_at", "country")
    return [*claims, *filings, Photo.objects.count()]


def stubs() -> Counter[Any]:
    return Counter(Erased.objects.values_list("kind", "thing", "thing_id", "count"))


def told() -> Counter[Any]:
    """What the log says of erasures, and the photos whose files a job removes."""
    rows = StateChange.objects.filter(to_state="erased")
    jobs = ProcrastinateJob.objects.filter(task_name=FORGET_FILES)
    return Counter(rows.values_list("subject", "subject_id", "reason")) + Counter(
        str(each) for each in jobs.values_list("args", flat=True)
    )


def ended(filing: Filing) -> Filing:
    withdraw_filing(filing_id=filing.pk)
    return filing


@pytest.fixture
def night() -> Iterator[Filing]:
    """One filing that goes whole, with photos; one of which only the account does; one that is
    held, which comes out."""
    now = clock.now()
    whole = ended(OLGA.files(photos=True))
    kept = ended(PAVEL.files(SERIALS[1]))
    held(Thing.FILING, kept.pk)
    with time_machine.travel(now + timedelta(days=2 * YEAR), tick=False):
        ended(PAVEL.files(SERIALS[2], remedy=MONEY))
    with time_machine.travel(now + timedelta(days=3 * YEAR + 30), tick=False):
        yield whole


def test_what_is_due_is_erased_once_wherever_a_night_is_killed(night: Filing) -> None:
    before, start = figures(), transaction.savepoint()
    daily.erase_due()
    wanted = stubs(), told()
    assert {each[0] for each in wanted[0]} == {Kind.OWNER, Kind.PAYEE}
    assert max(wanted[1].values()) == 1
    assert daily.erase_due() == 0
    for point in count(1, STEP):
        transaction.savepoint_rollback(start)
        try:
            with killed_after(point) as said:
                daily.erase_due()
        except Killed:
            daily.erase_due()
        assert (stubs(), told(), figures()) == (*wanted, before), said[-1]
        if len(said) < point:
            break
    assert point > 30
