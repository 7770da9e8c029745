"""What is done with staff: add, prove, permit."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.accounts.errors import NotPermitted, NotProved, StaffNotAccepted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role, roles_that_may
from recalldesk.accounts.reads import staff_at
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject

LONGEST_EMAIL, LONGEST_NAME = 254, 120


@transaction.atomic
def add_staff(*, email: str, name: str, role: Role, password: str, by: Staff | None) -> Staff:
    """A new member of staff. `by` is None only for the first, who is an administrator's own start.

    Raises StaffNotAccepted, or NotPermitted where `by` does not manage staff.
    """
    if by is not None:
        require(by, Permission.MANAGE_STAFF)
    refuse_unless_addressable(email, name)
    try:
        validate_password(password)
    except ValidationError as error:
        raise StaffNotAccepted(" ".join(error.messages), "Choose another password.") from error
    person = Staff(email=email.lower(), name=name.strip(), role=role)
    person.set_password(password)
    person.save()
    record_change(
        subject=Subject.STAFF,
        subject_id=person.pk,
        to_state=role,
        actor=Actor.STAFF if by else Actor.MACHINE,
        actor_id=by.pk if by else None,
    )
    return person


def refuse_unless_addressable(email: str, name: str) -> None:
    """Raises StaffNotAccepted where nobody can be added under the address and the name."""
    refuse_unless_named(email, name)
    known = staff_at(email)
    if known is not None and not known.is_active:
        raise StaffNotAccepted(
            f"{email} was invited by letter, or has left.",
            "Who was invited opens its link; `recalldesk staff invite` sends another.",
        )
    if known is not None:
        raise StaffNotAccepted(
            f"{email} is already a member of staff.", "`recalldesk staff list` shows everybody."
        )


def refuse_unless_named(email: str, name: str) -> None:
    """Raises StaffNotAccepted where the address is none, or the name cannot be shown."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise StaffNotAccepted(f"{email!r} is no e-mail address.", "Write name@host.") from error
    if len(email) > LONGEST_EMAIL:
        raise StaffNotAccepted("The address is too long.", f"{LONGEST_EMAIL} characters fit.")
    if not name.strip() or len(name.strip()) > LONGEST_NAME or not name.isprintable():
        raise StaffNotAccepted(
            f"The name must have 1 to {LONGEST_NAME} characters, all of them printable.",
            "Say who it is: it stands beside decisions.",
        )


def prove(*, email: str, password: str) -> Staff:
    """The member of staff whose password this is. Raises NotProved, saying no more than that."""
    person = staff_at(email)
    if person is None or not person.is_active or not person.has_usable_password():
        make_password(password)  # as long as checking one, so that time tells nothing
    elif person.check_password(password):
        return person
    raise NotProved(
        "The address or the password is not right.",
        "Try again; `recalldesk staff list` shows the addresses. Nothing was changed.",
    )


def require(person: Staff, permission: Permission) -> None:
    """Raises NotPermitted where the person's role does not hold the permission."""
    if not person.may(permission):
        others = " or ".join(role.label.lower() for role in roles_that_may(permission))
        raise NotPermitted(
            f"{person.name} is {Role(person.role).label.lower()} and may not {permission.value}.",
            f"Ask somebody who may: {others}.",
        )
