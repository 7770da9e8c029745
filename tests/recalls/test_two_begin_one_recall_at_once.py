"""Of two who begin a recall of one name in one moment, one gets it, and nothing is overwritten."""

import threading

import pytest
from django.db import connections, transaction

from recalldesk.recalls.errors import NameTaken
from recalldesk.recalls.keeping import begin_recall
from recalldesk.recalls.models import RecallVersion
from tests.cast import SLUG, Desk, recall_text

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0
A_WHILE = 1.0


def test_the_second_is_told_that_the_name_is_taken(kettles: Desk) -> None:
    errors: list[Exception] = []

    def beside() -> None:
        try:
            begin_recall(slug=SLUG, text=recall_text(units=9), by=kettles.cast.approver)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    second = threading.Thread(target=beside, daemon=True)
    with transaction.atomic():
        begin_recall(slug=SLUG, text=recall_text(), by=kettles.cast.author)
        second.start()
        second.join(A_WHILE)
        assert second.is_alive()
    second.join(SECONDS)
    assert [type(each) for each in errors] == [NameTaken]
    assert RecallVersion.objects.get().source == recall_text()
