"""What is done with staff: add, prove, permit."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.accounts.errors import NotPermitted, NotProved, StaffNotAccepted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject


@transaction.atomic
def add_staff(*, email: str, name: str, role: Role, password: str, by: Staff | None) -> Staff:
    """A new member of staff. `by` is None only for the first, who is an administrator's own start.

    Raises StaffNotAccepted.
    """
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise StaffNotAccepted(" ".join(error.messages)) from error
    if not name.strip():
        raise StaffNotAccepted("The name is empty.", "Say who it is: it stands beside decisions.")
    if Staff.objects.filter(email__iexact=email).exists():
        raise StaffNotAccepted(f"{email} is already a member of staff.")
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


def prove(*, email: str, password: str) -> Staff:
    """The member of staff whose password this is. Raises NotProved, saying no more than that."""
    person = Staff.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        make_password(password)  # as long as checking one, so that time tells nothing
    elif person.check_password(password):
        return person
    raise NotProved(
        "The address or the password is not right.",
        "Staff are added with `recalldesk staff add`.",
    )


def require(person: Staff, permission: Permission) -> None:
    """Raises NotPermitted where the person's role does not hold the permission."""
    if not person.may(permission):
        raise NotPermitted(
            f"{person.name} is {Role(person.role).label.lower()} and may not {permission.value}.",
            "Ask a recall manager.",
        )
