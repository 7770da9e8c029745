"""Whoever sits for an authority sees the recalls of their seats, and no other."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

import recalldesk
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.looking import FromSeat, require_look
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import NoSeat
from recalldesk.inquiries.models import Seat
from recalldesk.inquiries.seats import (
    from_seat,
    may_see,
    note_look,
    recalls_seen_by,
    require_seat,
)
from recalldesk.recalls.models import Recall
from tests.cast import Desk
from tests.inquiries.seated import regulator, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


@pytest.fixture
def other(recall: Recall) -> Recall:
    return Recall.objects.create(slug="toaster-t1")


def test_a_seat_opens_its_recall_and_no_other(kettles: Desk, recall: Recall, other: Recall) -> None:
    person = regulator()
    assert recalls_seen_by(person) == []
    seat(person, recall, given_by=kettles.cast.administrator)
    require_seat(person, recall)
    assert recalls_seen_by(person) == [recall]
    assert not may_see(person, other)
    with pytest.raises(NoSeat):
        require_seat(person, other)


def test_a_seat_opens_nothing_before_its_first_day_and_after_its_last(
    kettles: Desk, recall: Recall
) -> None:
    today = clock.now().date()
    person, given_by = regulator(), kettles.cast.administrator
    Seat.objects.create(
        person=person,
        recall=recall,
        authority="CPSC",
        given_by=given_by,
        begins_on=today + timedelta(days=1),
    )
    assert not may_see(person, recall)
    late = regulator(email="late@authority.example")
    Seat.objects.create(
        person=late,
        recall=recall,
        authority="CPSC",
        given_by=given_by,
        begins_on=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )
    assert not may_see(late, recall)


def test_an_ended_seat_opens_nothing_and_stays_ended(kettles: Desk, recall: Recall) -> None:
    person, by = regulator(), kettles.cast.administrator
    row = seat(person, recall, given_by=by)
    row.ended_by, row.ended_at = by, clock.now()
    row.save()
    assert not may_see(person, recall)
    row.ended_by, row.ended_at = None, None
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_the_firms_own_people_see_every_recall(
    kettles: Desk, recall: Recall, other: Recall
) -> None:
    assert recalls_seen_by(kettles.cast.viewer) == [recall, other]
    require_seat(kettles.cast.viewer, other)


def test_whoever_left_sees_nothing(kettles: Desk, recall: Recall) -> None:
    person = regulator()
    seat(person, recall, given_by=kettles.cast.administrator)
    person.is_active = False
    assert not may_see(person, recall)
    assert recalls_seen_by(person) == []
    with pytest.raises(NotPermitted):
        require_seat(person, recall)


def test_a_look_from_a_seat_is_at_its_own_recall_alone(
    kettles: Desk, recall: Recall, other: Recall
) -> None:
    person = regulator()
    seat(person, recall, given_by=kettles.cast.administrator)
    look = from_seat(person, recall)
    assert look == FromSeat(person, recall.pk)
    require_look(look, Permission.SEE_FIGURES, [recall.pk])
    asked: list[Callable[[], None]] = [
        lambda: require_look(look, Permission.SEE_FIGURES, [other.pk]),
        lambda: require_look(look, Permission.SEE_FIGURES, [recall.pk, other.pk]),
        lambda: require_look(look, Permission.SEE_FIGURES, []),
        lambda: require_look(person, Permission.SEE_FIGURES, [recall.pk]),
    ]
    for ask in asked:
        with pytest.raises(NotPermitted):
            ask()


def test_each_look_of_an_authority_at_rows_is_logged(kettles: Desk, recall: Recall) -> None:
    person = regulator()
    row = seat(person, recall, given_by=kettles.cast.administrator)
    note_look(person, recall, rows="corrected, page 1")
    note_look(kettles.cast.viewer, recall, rows="corrected, page 1")
    look = StateChange.objects.get(subject=Subject.SEAT)
    assert (look.subject_id, look.actor_id, look.recall_id) == (row.pk, person.pk, recall.pk)
    assert look.reason == Reason.LOOKED_AT
    assert look.note_id is not None


def test_a_look_from_a_seat_is_made_where_the_seat_was_found_and_nowhere_else() -> None:
    package = Path(recalldesk.__file__).parent
    makes = [
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if "FromSeat(" in file.read_text(encoding="utf-8")
    ]
    assert makes == ["inquiries/seats.py"]
