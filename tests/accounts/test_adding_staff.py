"""Who is taken on at the desk, and who is not."""

import pytest
from django.db import IntegrityError, transaction

from recalldesk.accounts.actions import add_staff
from recalldesk.accounts.errors import NotPermitted, StaffNotAccepted
from recalldesk.accounts.invitations import invite
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from tests.cast import PASSWORD, Cast


def add(
    email: str = "new@desk.example",
    *,
    name: str = "New",
    password: str = PASSWORD,
    by: Staff | None = None,
) -> Staff:
    return add_staff(email=email, name=name, role=Role.VIEWER, password=password, by=by)


@pytest.mark.parametrize(
    "email",
    ["", "desk", "a@", "a b@c.example", "x" * 250 + "@desk.example", "a@b.example\x00"],
)
def test_an_address_that_is_none_is_refused(cast: Cast, email: str) -> None:
    with pytest.raises(StaffNotAccepted):
        add(email)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b"])
def test_a_name_that_cannot_be_kept_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(StaffNotAccepted):
        add(name=name)


@pytest.mark.parametrize("password", ["", "short", "123456789012"])
def test_a_weak_password_is_refused(cast: Cast, password: str) -> None:
    with pytest.raises(StaffNotAccepted):
        add(password=password)


def test_a_refusal_says_what_to_do_and_adds_nobody(cast: Cast) -> None:
    before = Staff.objects.count()
    with pytest.raises(StaffNotAccepted) as refused:
        add("desk")
    assert refused.value.hint
    assert Staff.objects.count() == before


def test_an_address_is_one_person_however_its_letters_are_written(cast: Cast) -> None:
    with pytest.raises(StaffNotAccepted, match="already"):
        add("AUTHOR@desk.Example")


def test_the_database_itself_knows_an_address_in_any_letters(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create(email="AUTHOR@desk.example", name="Twin", role=Role.VIEWER)


def test_the_database_refuses_a_role_that_does_not_exist(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=cast.viewer.pk).update(role="king")


def test_only_somebody_who_manages_staff_adds_others(cast: Cast) -> None:
    for person in (cast.author, cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            add(by=person)


def test_the_log_says_who_added_whom(cast: Cast) -> None:
    administrator = Staff.objects.create(
        email="boss@desk.example", name="Boss", role=Role.ADMINISTRATOR
    )
    person = add(by=administrator)
    row = StateChange.objects.get(subject=Subject.STAFF, subject_id=person.pk)
    assert (row.actor_id, row.to_state) == (administrator.pk, Role.VIEWER)


def test_the_password_is_kept_as_a_hash(cast: Cast) -> None:
    assert PASSWORD not in add().password


def test_who_was_invited_is_told_of_the_letter_in_place_of_being_added(cast: Cast) -> None:
    invite(email="new@desk.example", name="New", role=Role.VIEWER, by=cast.administrator)
    with pytest.raises(StaffNotAccepted, match="was invited by letter") as refused:
        add("new@desk.example", by=cast.administrator)
    assert "staff invite" in str(refused.value.hint)
