"""Who sees a recall from the seat of an authority, and that they looked.

Guarantees: somebody of an authority sees the recalls of their own open seats and nothing of any
other, not even that it is there; whoever works for the firm and may see reports sees all. Each look
of an authority at rows is a line of the log.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.looking import FromSeat
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import NoSeat
from recalldesk.inquiries.models import Seat
from recalldesk.inquiries.states import SeatState
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall


def is_authority(person: Staff) -> bool:
    """Whether the person sits for an authority and does not work for the firm."""
    return person.role == Role.REGULATOR


def open_seats(*, today: date | None = None) -> QuerySet[Seat]:
    """The seats that open something today."""
    day = today or clock.now().date()
    return Seat.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), ended_at__isnull=True, begins_on__lte=day
    )


def seat_of(person: Staff, recall: Recall) -> Seat | None:
    """The open seat of somebody of an authority at a recall, or None."""
    return open_seats().filter(person=person, recall=recall).first()


def may_see(person: Staff, recall: Recall) -> bool:
    """Whether the person may see reports, figures and masked rows of the recall."""
    if not person.may(Permission.SEE_REPORTS):
        return False
    return not is_authority(person) or seat_of(person, recall) is not None


def require_seat(person: Staff, recall: Recall) -> None:
    """Raises NotPermitted where the person may see no reports, NoSeat where not of this recall.

    A page answers to NoSeat as where there is no such recall.
    """
    require(person, Permission.SEE_REPORTS)
    if not may_see(person, recall):
        raise NoSeat


def from_seat(person: Staff, recall: Recall) -> FromSeat:
    """The person as one who looks at this recall alone. Raises NotPermitted, NoSeat."""
    require_seat(person, recall)
    return FromSeat(person, recall.pk)


def recalls_seen_by(person: Staff) -> list[Recall]:
    """The recalls that the person may see so, by name."""
    if not person.may(Permission.SEE_REPORTS):
        return []
    if not is_authority(person):
        return every_recall()
    seats = open_seats().filter(person=person).select_related("recall")
    return [seat.recall for seat in seats.order_by("recall__slug")]


@transaction.atomic
def note_look(person: Staff, recall: Recall, *, rows: str) -> None:
    """Writes into the log that somebody of an authority looked at rows; of the firm's own staff
    nothing is written. `rows`: which, in words that name no person.

    Raises NoSeat where the seat is gone.
    """
    if not is_authority(person):
        return
    seat = seat_of(person, recall)
    if seat is None:
        raise NoSeat
    record_change(
        subject=Subject.SEAT,
        subject_id=seat.pk,
        from_state=SeatState.GIVEN,
        to_state=SeatState.GIVEN,
        reason=Reason.LOOKED_AT,
        actor_id=person.pk,
        recall_id=recall.pk,
        note=rows,
    )
