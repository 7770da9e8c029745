"""Counts only grow, whoever writes."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from recalldesk.checks import counts
from recalldesk.checks.asking import ask
from recalldesk.checks.models import CheckCount
from recalldesk.checks.states import Source
from recalldesk.foundation import clock
from tests.cast import AFFECTED

pytestmark = pytest.mark.usefixtures("published_recall")


@pytest.fixture(autouse=True)
def _counted(published_recall: object) -> None:
    ask(AFFECTED, source=Source.API)
    assert counts.write_now()


def refused(change: str, **values: object) -> None:
    with pytest.raises(DatabaseError, match=change), transaction.atomic():
        CheckCount.objects.update(**values)


def test_a_count_never_shrinks() -> None:
    refused("count_only_grows", count=F("count") - 1)
    assert CheckCount.objects.update(count=F("count") + 1) == 2


def test_what_was_counted_stays_what_it_was() -> None:
    refused("kind_never_changes", verdict="not_affected")
    refused("kind_never_changes", source="page")
    refused("kind_never_changes", minute=clock.now())


def test_no_count_is_deleted() -> None:
    with pytest.raises(DatabaseError, match="count_stays"), transaction.atomic():
        CheckCount.objects.all().delete()


def test_a_minute_has_one_row_of_a_kind_also_without_a_recall() -> None:
    row = CheckCount.objects.get(recall=None)
    row.pk = None
    with pytest.raises(IntegrityError, match="one_count_of_a_kind_a_minute"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"verdict": "safe"}, "count_is_of_a_known_kind"),
        ({"source": "elsewhere"}, "count_is_of_a_known_kind"),
        ({"version": 1}, "count_names_recall_and_version"),
        ({"shop": "corner-store"}, "count_names_a_shop_in_a_frame_only"),
        ({"source": "frame"}, "count_names_a_shop_in_a_frame_only"),
    ],
)
def test_a_row_of_no_known_kind_is_refused(wrong: dict[str, object], rule: str) -> None:
    values = {"minute": clock.now(), "verdict": "affected", "source": "api", "count": 1} | wrong
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        CheckCount.objects.create(**values)
