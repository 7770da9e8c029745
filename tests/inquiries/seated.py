"""A regulator with a seat, as tests of seats and questions have one. Everything is made up."""

from datetime import timedelta

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.inquiries.models import Seat
from recalldesk.recalls.models import Recall
from tests.at_the_desk import staff


def regulator(name: str = "Greta Guard", *, email: str = "") -> Staff:
    """Somebody of an authority, without a seat."""
    return staff(Role.REGULATOR, name=name, email=email)


def seat(person: Staff, recall: Recall, *, given_by: Staff, days: int | None = None) -> Seat:
    """An open seat; `days`: how many it stays open."""
    today = clock.now().date()
    return Seat.objects.create(
        person=person,
        recall=recall,
        authority="CPSC",
        given_by=given_by,
        begins_on=today,
        until=None if days is None else today + timedelta(days=days),
    )
