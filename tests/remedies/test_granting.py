"""A unit is granted one remedy, which waits; taken back before it is ordered, it gets another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls.models import Recall
from recalldesk.remedies.actions import cancel_remedy, grant_remedy
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.models import Remedy, remedy_id
from recalldesk.remedies.reads import effective_remedy, remedies_to_order
from recalldesk.remedies.states import RemedyState

pytestmark = pytest.mark.django_db
UNIT = b"u" * 32
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def granted(slug: str = "kettle-k20", orderable_at: datetime = NOON) -> Remedy:
    recall, _ = Recall.objects.get_or_create(slug=slug)
    return grant_remedy(unit_digest=UNIT, recall=recall, key="card", orderable_at=orderable_at)


def test_it_waits_under_an_id_that_follows_from_its_unit() -> None:
    remedy = granted()
    assert (remedy.state, remedy.turn) == (RemedyState.WAITING, 1)
    assert remedy.pk == remedy_id(unit_digest=UNIT, grant=1, turn=1)
    assert effective_remedy(unit_digest=UNIT) == remedy


@pytest.mark.parametrize("slug", ["kettle-k20", "another-recall"])
def test_a_unit_is_not_granted_another_whatever_the_recall(slug: str) -> None:
    granted()
    with pytest.raises(RemedyGiven), transaction.atomic():
        granted(slug)
    assert Remedy.objects.count() == 1


def test_what_was_taken_back_makes_room_for_the_next_turn() -> None:
    granted()
    assert cancel_remedy(unit_digest=UNIT)
    assert not cancel_remedy(unit_digest=UNIT)
    assert effective_remedy(unit_digest=UNIT) is None
    assert granted().turn == 2
    log = StateChange.objects.filter(subject=Subject.REMEDY).order_by("pk")
    assert [row.to_state for row in log] == ["waiting", "cancelled", "waiting"]


def test_what_was_ordered_is_not_taken_back() -> None:
    remedy = granted()
    remedy.state = RemedyState.ORDERING
    remedy.save()
    assert not cancel_remedy(unit_digest=UNIT)


def test_it_is_to_be_ordered_from_its_moment_on_and_not_before() -> None:
    remedy = granted()
    assert list(remedies_to_order(now=NOON - timedelta(seconds=1))) == []
    assert list(remedies_to_order(now=NOON)) == [remedy]


def test_what_was_taken_back_or_ordered_is_not_to_be_ordered() -> None:
    granted()
    cancel_remedy(unit_digest=UNIT)
    again = granted(orderable_at=NOON + timedelta(days=1))
    assert list(remedies_to_order(now=NOON)) == []
    assert list(remedies_to_order(now=NOON + timedelta(days=1))) == [again]
    again.state = RemedyState.ORDERING
    again.save()
    assert list(remedies_to_order(now=NOON + timedelta(days=1))) == []


def test_an_index_finds_what_is_to_be_ordered() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "remedies_to_be_ordered" in remedies_to_order(now=NOON).explain()


def test_nobody_moves_the_moment() -> None:
    remedy = granted()
    remedy.orderable_at = NOON - timedelta(days=7)
    with pytest.raises(DatabaseError), transaction.atomic():
        remedy.save()
