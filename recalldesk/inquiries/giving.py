"""Seats are given and ended by the firm; both stand in the log.

Guarantees: a seat is given to somebody of an authority only, at one recall; one who is not here yet
is invited with it, and the seat opens nothing before the invitation is taken.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.invitations import invitation_at
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.reads import staff_at
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import SeatRefused
from recalldesk.inquiries.letters import tell_of_seat
from recalldesk.inquiries.models import Seat
from recalldesk.inquiries.states import SeatState
from recalldesk.mailing.to_staff import invite_by_mail
from recalldesk.recalls.models import Recall

LONGEST_AUTHORITY = 80


@dataclass(frozen=True)
class SeatAsked:
    """The seat that somebody wants to give. `begins_on` is today where None."""

    recall: Recall
    authority: str
    begins_on: date | None = None
    until: date | None = None


@transaction.atomic
def give_seat(*, email: str, asked: SeatAsked, by: Staff, name: str = "", site: str = "") -> Seat:
    """Gives a seat to whoever has this address. Somebody who is not here yet is invited, under the
    name given, which takes whoever manages staff.

    Raises NotPermitted, StaffNotAccepted, SeatRefused.
    """
    require(by, Permission.ANSWER_AUTHORITY)
    person = staff_at(email.strip())
    invited = person is None or not person.is_active
    if invited and name.strip():
        made, _ = invite_by_mail(
            email=email.strip(), name=name, role=Role.REGULATOR, by=by, site=site
        )
        person = made.row.person
    if person is None:
        raise SeatRefused(
            "Nobody with this address is at the desk.", "Give their name, too: they are invited."
        )
    seat = _seated(person, asked, by)
    if not invited:
        tell_of_seat(seat)
    return seat


def _seated(person: Staff, asked: SeatAsked, by: Staff) -> Seat:
    person = Staff.objects.select_for_update().get(pk=person.pk)
    _refuse_unless_authority(person)
    today = clock.now().date()
    begins_on, authority = asked.begins_on or today, asked.authority.strip()
    if not authority or len(authority) > LONGEST_AUTHORITY or not authority.isprintable():
        raise SeatRefused(
            f"The authority's name must have 1 to {LONGEST_AUTHORITY} characters.",
            "Write it as it calls itself, such as CPSC.",
        )
    if asked.until is not None and asked.until < max(begins_on, today):
        raise SeatRefused(
            "The seat would end before it begins, or has ended already.",
            "Give a later last day, or none.",
        )
    _end_what_is_over(person, asked.recall, today, by)
    seat = Seat.objects.create(
        person=person,
        recall=asked.recall,
        authority=authority,
        begins_on=begins_on,
        until=asked.until,
        given_by=by,
    )
    _record(seat, "", SeatState.GIVEN, by)
    return seat


def _refuse_unless_authority(person: Staff) -> None:
    invitation = None if person.is_active else invitation_at(person.email)
    if not person.is_active and invitation is None:
        raise SeatRefused(f"{person.name} is not at the desk any more.", "Invite them first.")
    role = invitation.role if invitation else person.role
    if role != Role.REGULATOR:
        raise SeatRefused(
            f"{person.name} works for the firm as {Role(role).label.lower()}.",
            "Seats are for people of authorities: invite them as regulator, under another address.",
        )


def _end_what_is_over(person: Staff, recall: Recall, today: date, by: Staff) -> None:
    """A seat whose last day has passed makes room. Raises SeatRefused where one is open."""
    held = Seat.objects.filter(person=person, recall=recall, ended_at=None).first()
    if held is None:
        return
    if held.until is None or held.until >= today:
        raise SeatRefused(
            f"{person.name} has a seat at {recall.slug} already.", "End that one first."
        )
    _end(held, by)


@transaction.atomic
def end_seat(*, number: int, by: Staff) -> Seat:
    """Ends a seat at once; what was asked from it stays. Raises NotPermitted, SeatRefused."""
    require(by, Permission.ANSWER_AUTHORITY)
    seat = Seat.objects.select_for_update().filter(pk=number).first()
    if seat is None:
        raise SeatRefused(f"There is no seat {number}.", "`recalldesk seats list` shows them.")
    if seat.ended_at is not None:
        raise SeatRefused(f"Seat {number} was ended before.", "Nothing is left to be done.")
    _end(seat, by)
    return seat


def _end(seat: Seat, by: Staff) -> None:
    seat.ended_by, seat.ended_at = by, clock.now()
    seat.save(update_fields=["ended_by", "ended_at"])
    _record(seat, SeatState.GIVEN, SeatState.ENDED, by)


def _record(seat: Seat, before: str, after: str, by: Staff) -> None:
    record_change(
        subject=Subject.SEAT,
        subject_id=seat.pk,
        from_state=before,
        to_state=after,
        actor_id=by.pk,
        recall_id=seat.recall_id,
    )
