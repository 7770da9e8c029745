"""Several write and fold at once: nobody waits for sums, nothing is lost or counted twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import Correction, ReportedCorrection
from recalldesk.reports.sums.checking import check
from recalldesk.reports.sums.folding import fold
from tests.at_the_desk import staff
from tests.reports.summed import counted, read

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 3, 12


def test_rows_written_while_others_fold_are_all_in_the_sums() -> None:
    recall = Recall.objects.create(slug="kettle-k20")
    report = ReportedCorrection.objects.create(
        recall=recall,
        level=Level.RETAILER,
        measure=Measure.DESTROYED,
        units=1,
        happened_on=clock.now().date(),
        reported_by="Madeup Stores",
        by=staff(Role.RECALL_MANAGER),
    )
    at_once = Barrier(WRITERS + 2)

    def write(number: int) -> None:
        try:
            at_once.wait(20)
            for turn in range(EACH):
                with transaction.atomic():
                    Correction.objects.create(
                        recall=recall,
                        level=Level.RETAILER,
                        measure=Measure.DESTROYED,
                        units=number + 1,
                        report=report,
                    )
                    if turn % 4 == 3:  # what comes to nothing leaves nothing
                        transaction.set_rollback(True)
        finally:
            connection.close()

    def fold_on() -> None:
        try:
            at_once.wait(20)
            for _ in range(EACH):
                fold()
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        running = [pool.submit(write, number) for number in range(WRITERS)]
        running += [pool.submit(fold_on) for _ in range(2)]
        for each in running:
            each.result(60)
    kept = sum(value for (kind, _, _), value in read().items() if kind == "corrected")
    assert kept == sum(range(1, WRITERS + 1)) * EACH * 3 // 4
    assert read() == counted()
    assert check().is_right
