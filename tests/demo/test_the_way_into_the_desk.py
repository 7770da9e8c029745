"""Whoever runs the demo gets into its desk, as any member of staff does: by an invitation."""

import pytest

from recalldesk.accounts.invitations import invitation_of, take_invitation
from recalldesk.accounts.models import Invitation
from recalldesk.accounts.permissions import Role
from recalldesk.cli import demo as command
from recalldesk.demo.desk import ADMINISTRATOR, REGULATOR, way_into_the_desk
from recalldesk.demo.firm import AUTHOR, demo_staff
from recalldesk.inquiries.models import Seat
from recalldesk.inquiries.seats import may_see
from recalldesk.recalls.models import Recall

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8001"


def row_of(link: str) -> Invitation | None:
    return invitation_of(link.removesuffix("/").rpartition("/")[2])


def test_the_link_makes_an_administrator_who_can_invite_the_others() -> None:
    demo_staff(AUTHOR, "Author")  # the demo has staff by then, so no command invites anybody
    link = way_into_the_desk(SITE)
    assert link.startswith(f"{SITE}/desk/invitation/")
    row = row_of(link)
    assert row is not None
    assert row.role == Role.ADMINISTRATOR


def test_a_second_start_ends_the_link_before() -> None:
    first, second = way_into_the_desk(SITE), way_into_the_desk(SITE)
    assert row_of(first) is None
    assert row_of(second) is not None


def test_once_somebody_has_joined_the_demo_says_who_and_makes_no_link(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = row_of(way_into_the_desk(SITE))
    assert row is not None
    take_invitation(number=row.pk, password="four words nobody says")
    assert way_into_the_desk(SITE) == ""
    command.say_way_into_the_desk(8001)
    said = capsys.readouterr().out
    assert f"{SITE}/desk/" in said
    assert ADMINISTRATOR in said
    assert "/desk/invitation/" not in said


def test_somebody_of_an_authority_gets_to_a_seat_and_has_one_however_often_it_starts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    recall = Recall.objects.create(slug=command.FIRST)
    for _ in range(2):
        command.say_way_to_a_seat(8001)
    said = capsys.readouterr().out.split()
    row = row_of(said[-1])
    assert row is not None
    assert row.role == Role.REGULATOR
    take_invitation(number=row.pk, password="four words nobody says")
    assert may_see(Seat.objects.get().person, recall)
    command.say_way_to_a_seat(8001)
    assert f"sign in at {SITE}/desk/ as {REGULATOR}" in capsys.readouterr().out
