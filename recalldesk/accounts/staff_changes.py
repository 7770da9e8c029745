"""What changes about staff who are there: their role, that they leave, a lost second factor.

Guarantees: whoever it is about is signed out everywhere at once; each change is in the log; nobody
does it to themselves, and there is always somebody who manages staff.
"""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import StaffNotAccepted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.reads import other_administrators, staff_at
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject

LEFT, FACTORS_FORGOTTEN = "left", "factors_forgotten"
"""States of a member of staff in the log, beside the roles."""


@transaction.atomic
def change_role(*, email: str, role: Role, by: Staff) -> Staff:
    """Gives somebody another role. Raises StaffNotAccepted, or NotPermitted."""
    person = _locked(email, by)
    before = Role(person.role)
    if role is before:
        raise StaffNotAccepted(
            f"{person.name} is {role.label.lower()} already.", "Nothing was changed."
        )
    if before is Role.ADMINISTRATOR:
        _refuse_if_last(person)
    person.role = role
    end_sessions(person)
    _record(person, before, role, by)
    return person


@transaction.atomic
def let_leave(*, email: str, by: Staff) -> Staff:
    """Somebody works here no longer: they cannot sign in, what they did stays theirs.

    Raises StaffNotAccepted, or NotPermitted.
    """
    person = _locked(email, by)
    _refuse_if_last(person)
    person.is_active = False
    person.set_unusable_password()
    _forget_factors(person)
    SocialAccount.objects.filter(user=person).delete()
    end_sessions(person)
    _record(person, person.role, LEFT, by)
    return person


@transaction.atomic
def forget_second_factor(*, email: str, by: Staff) -> Staff:
    """Whoever lost it sets up a new one at the next sign-in. Raises as the others do."""
    person = _locked(email, by)
    _forget_factors(person)
    end_sessions(person)
    _record(person, person.role, FACTORS_FORGOTTEN, by)
    return person


def end_sessions(person: Staff) -> None:
    """Saves the person, who is signed in nowhere from now on."""
    person.sessions_ended += 1
    person.save()


def _forget_factors(person: Staff) -> None:
    Authenticator.objects.filter(user=person).delete()


def _locked(email: str, by: Staff) -> Staff:
    require(by, Permission.MANAGE_STAFF)
    # All at once and in one order, so that two administrators never remove each other.
    list(Staff.objects.select_for_update().order_by("pk").values_list("pk"))
    person = staff_at(email)
    if person is None or not person.is_active:
        raise StaffNotAccepted(
            f"{email} is no member of staff, or has left.",
            "`recalldesk staff list` shows everybody.",
        )
    if person.pk == by.pk:
        raise StaffNotAccepted(
            "Nobody changes their own role, or their own leaving.", "Ask another administrator."
        )
    return person


def _refuse_if_last(person: Staff) -> None:
    if person.role == Role.ADMINISTRATOR and not other_administrators(person):
        raise StaffNotAccepted(
            f"{person.name} is the only administrator.", "Make somebody else one first."
        )


def _record(person: Staff, before: str, after: str, by: Staff) -> None:
    record_change(
        subject=Subject.STAFF,
        subject_id=person.pk,
        from_state=before,
        to_state=after,
        actor_id=by.pk,
    )
