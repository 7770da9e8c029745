"""Seats are given and ended by the firm; everything about them stays."""

from datetime import timedelta

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.invitations import take_invitation
from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import SeatRefused
from recalldesk.inquiries.giving import SeatAsked, end_seat, give_seat
from recalldesk.inquiries.models import Seat
from recalldesk.inquiries.reads import seats_listed
from recalldesk.inquiries.seats import may_see
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from tests.at_the_desk import staff
from tests.cast import Desk
from tests.inquiries.seated import regulator

pytestmark = pytest.mark.django_db
PASSWORD = "a-made-up-guard-of-recalls"


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER, name="Mona Manager")


def moves() -> list[tuple[str, str]]:
    rows = StateChange.objects.filter(subject=Subject.SEAT).order_by("pk")
    return list(rows.values_list("from_state", "to_state"))


def test_a_seat_is_given_told_and_ended(recall: Recall, manager: Staff) -> None:
    person = regulator()
    seat = give_seat(email=person.email.upper(), asked=SeatAsked(recall, "CPSC"), by=manager)
    assert may_see(person, recall)
    assert Mailing.objects.get().purpose == Purpose.SEAT_GIVEN
    end_seat(number=seat.pk, by=manager)
    assert not may_see(person, recall)
    assert moves() == [("", "given"), ("given", "ended")]
    assert seats_listed(by=manager) == [seat]
    with pytest.raises(SeatRefused, match="ended before"):
        end_seat(number=seat.pk, by=manager)


def test_who_is_not_here_yet_is_invited_with_the_seat(kettles: Desk, recall: Recall) -> None:
    seat = give_seat(
        email="gus@authority.example",
        name="Gus Guard",
        asked=SeatAsked(recall, "CPSC"),
        by=kettles.cast.administrator,
    )
    assert Mailing.objects.get().purpose == Purpose.INVITATION
    assert not may_see(seat.person, recall)
    take_invitation(number=Invitation.objects.get().pk, password=PASSWORD)
    seat.person.refresh_from_db()
    assert seat.person.role == Role.REGULATOR
    assert may_see(seat.person, recall)


def test_only_whoever_manages_staff_invites(recall: Recall, manager: Staff) -> None:
    with pytest.raises(NotPermitted):
        give_seat(
            email="gus@authority.example",
            name="Gus Guard",
            asked=SeatAsked(recall, "CPSC"),
            by=manager,
        )
    assert not Seat.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.SENIOR_REVIEWER, Role.AUDITOR, Role.REGULATOR])
def test_others_give_and_end_no_seat(recall: Recall, role: Role) -> None:
    person = regulator(email="greta@authority.example")
    by = staff(role, email="by@desk.example")
    with pytest.raises(NotPermitted):
        give_seat(email=person.email, asked=SeatAsked(recall, "CPSC"), by=by)
    with pytest.raises(NotPermitted):
        end_seat(number=1, by=by)


def test_the_firms_own_people_get_no_seat(recall: Recall, manager: Staff) -> None:
    viewer = staff(Role.VIEWER)
    with pytest.raises(SeatRefused, match="works for the firm as viewer"):
        give_seat(email=viewer.email, asked=SeatAsked(recall, "CPSC"), by=manager)


def test_a_second_seat_at_a_recall_waits_until_the_first_is_over(
    recall: Recall, manager: Staff
) -> None:
    person, today = regulator(), clock.now().date()
    asked = SeatAsked(recall, "CPSC")
    first = give_seat(email=person.email, asked=asked, by=manager)
    with pytest.raises(SeatRefused, match="has a seat"):
        give_seat(email=person.email, asked=asked, by=manager)
    end_seat(number=first.pk, by=manager)
    over = Seat.objects.create(
        person=person,
        recall=recall,
        authority="CPSC",
        given_by=manager,
        begins_on=today - timedelta(days=3),
        until=today - timedelta(days=1),
    )
    give_seat(email=person.email, asked=asked, by=manager)
    over.refresh_from_db()
    assert over.ended_at is not None
    assert may_see(person, recall)


@pytest.mark.parametrize(
    ("authority", "until", "says"),
    [(" ", 9, "authority"), ("C\nPSC", 9, "authority"), ("CPSC", -1, "end before")],
)
def test_a_seat_that_makes_no_sense_is_refused(
    recall: Recall, manager: Staff, authority: str, until: int, says: str
) -> None:
    person = regulator()
    day = clock.now().date() + timedelta(days=until)
    with pytest.raises(SeatRefused, match=says):
        give_seat(email=person.email, asked=SeatAsked(recall, authority, None, day), by=manager)


def test_nobody_known_and_nobody_named_is_refused(recall: Recall, manager: Staff) -> None:
    with pytest.raises(SeatRefused, match="Nobody with this address"):
        give_seat(email="who@authority.example", asked=SeatAsked(recall, "CPSC"), by=manager)
