"""Two workers remind at the same moment: one mail, and one row of the log for each incident."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.incidents.jobs import remind
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentSource
from recalldesk.mailing.models import Mailing
from tests.cast import Desk
from tests.claims.conftest import photos_folder
from tests.claims.owner import text_with_all_remedies

__all__ = ["photos_folder"]
COUNT = 5


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_second_finds_what_the_first_one_did(kettles: Desk) -> None:
    recall = kettles.published(text_with_all_remedies()).recall
    for number in range(COUNT):
        Incident.objects.create(
            recall=recall,
            source=IncidentSource.FORM,
            language="en",
            obtained_at=clock.now() - timedelta(hours=13, minutes=number),
        )
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait(10)
            remind(timestamp=0)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert StateChange.objects.filter(reason=Reason.REMINDED).count() == COUNT
    assert Mailing.objects.count() == 1
