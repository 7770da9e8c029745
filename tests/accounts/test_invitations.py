"""An invitation works once, for seven days, for one address; a newer one ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import InvitationNotGood, NotPermitted, StaffNotAccepted
from recalldesk.accounts.invitations import (
    LASTS,
    invitation_at,
    invitation_of,
    invite,
    revoke_invitation,
    take_invitation,
)
from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import open_invitations, there_is_staff
from recalldesk.accounts.staff_changes import let_leave
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
EMAIL = "nia@staff.example"


def invited(cast: Cast, role: Role = Role.REVIEWER) -> tuple[Invitation, str]:
    made = invite(email=EMAIL, name="Nia New", role=role, by=cast.administrator)
    return made.row, made.token


def states_of(person: Staff) -> list[tuple[str, str, int | None]]:
    rows = StateChange.objects.filter(subject=Subject.STAFF, subject_id=person.pk).order_by("pk")
    return list(rows.values_list("from_state", "to_state", "actor_id"))


def test_whoever_takes_it_is_staff_from_then_on(cast: Cast) -> None:
    row, token = invited(cast)
    assert not row.person.is_active
    assert row.expires_at - row.created_at == pytest.approx(LASTS, abs=timedelta(seconds=5))
    found = invitation_of(token)
    assert found == row
    person = take_invitation(number=row.pk, password=PASSWORD)
    assert (person.email, person.name, person.role) == (EMAIL, "Nia New", Role.REVIEWER)
    assert person.is_active
    assert person.check_password(PASSWORD)
    assert states_of(person) == [
        ("", "invited", cast.administrator.pk),
        ("invited", Role.REVIEWER, person.pk),
    ]


def test_the_token_is_kept_as_a_digest_and_is_long(cast: Cast) -> None:
    row, token = invited(cast)
    assert len(token) == 43
    assert token.encode() not in bytes(row.digest)
    assert token not in str(Invitation.objects.values().get())


def test_it_works_once(cast: Cast) -> None:
    row, token = invited(cast)
    take_invitation(number=row.pk, password=PASSWORD)
    assert invitation_of(token) is None
    with pytest.raises(InvitationNotGood):
        take_invitation(number=row.pk, password=PASSWORD)


def test_it_works_for_seven_days(cast: Cast) -> None:
    row, token = invited(cast)
    with time_machine.travel(clock.now() + timedelta(days=7, seconds=1), tick=False):
        assert invitation_of(token) is None
        assert list(open_invitations()) == []
        with pytest.raises(InvitationNotGood):
            take_invitation(number=row.pk, password=PASSWORD)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23), tick=False):
        assert invitation_of(token) == row


def test_a_newer_one_ends_the_one_before(cast: Cast) -> None:
    _, first = invited(cast)
    row, second = invited(cast, Role.AUDITOR)
    assert invitation_of(first) is None
    assert invitation_of(second) == row
    assert invitation_at(EMAIL.upper()) == row
    assert take_invitation(number=row.pk, password=None).role == Role.AUDITOR


def test_a_revoked_one_opens_nothing(cast: Cast) -> None:
    row, token = invited(cast)
    revoke_invitation(email=EMAIL, by=cast.administrator)
    assert invitation_of(token) is None
    with pytest.raises(StaffNotAccepted, match="no open invitation"):
        revoke_invitation(email=EMAIL, by=cast.administrator)
    assert [to for _, to, _ in states_of(row.person)] == ["invited", "invitation_revoked"]


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5_000, "\x00", "ü" * 43])
def test_an_unknown_token_opens_nothing(cast: Cast, token: str) -> None:
    invited(cast)
    assert invitation_of(token) is None


def test_only_who_manages_staff_invites_or_revokes(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        invite(email=EMAIL, name="Nia New", role=Role.VIEWER, by=cast.approver)
    invited(cast)
    with pytest.raises(NotPermitted):
        revoke_invitation(email=EMAIL, by=cast.approver)


def test_staff_who_are_there_are_not_invited_and_who_left_is(cast: Cast) -> None:
    with pytest.raises(StaffNotAccepted, match="already a member"):
        invite(email=cast.viewer.email, name="V", role=Role.VIEWER, by=cast.administrator)
    let_leave(email=cast.viewer.email, by=cast.administrator)
    made = invite(email=cast.viewer.email, name="V", role=Role.REVIEWER, by=cast.administrator)
    assert made.row.person == cast.viewer
    assert Staff.objects.get(pk=cast.viewer.pk).role == Role.VIEWER
    assert take_invitation(number=made.row.pk, password=PASSWORD).role == Role.REVIEWER


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234567"[:8]])
def test_a_weak_password_takes_no_invitation(cast: Cast, password: str) -> None:
    row, token = invited(cast)
    with pytest.raises(StaffNotAccepted):
        take_invitation(number=row.pk, password=password)
    assert invitation_of(token) == row
    assert not Staff.objects.get(email=EMAIL).is_active


def test_somebody_who_is_only_invited_keeps_nobody_from_starting() -> None:
    assert not there_is_staff()
    invite(email=EMAIL, name="Nia New", role=Role.ADMINISTRATOR, by=None)
    assert not there_is_staff()


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.ADMINISTRATOR},
        {"digest": b"x" * 32},
        {"expires_at": clock.now() + timedelta(days=900)},
    ],
)
def test_the_database_keeps_an_invitation_as_it_was_made(
    cast: Cast, change: dict[str, object]
) -> None:
    row, _ = invited(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_the_database_lets_no_ended_invitation_open_again(cast: Cast) -> None:
    row, _ = invited(cast)
    take_invitation(number=row.pk, password=PASSWORD)
    for change in ({"used_at": None}, {"revoked_at": clock.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Invitation.objects.filter(pk=row.pk).update(**change)


def test_the_database_holds_one_open_invitation_of_a_person(cast: Cast) -> None:
    row, _ = invited(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.create(
            person=row.person, name="x", role=Role.VIEWER, digest=b"y" * 32, expires_at=clock.now()
        )
