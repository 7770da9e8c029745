"""Invitations to the desk: made, revoked, taken.

Guarantees: a token has 256 random bits and is kept as a digest; it works once, for seven days, and
a newer one ends it; whoever is invited is nobody at the desk before they have taken it; who
invited, revoked and came stands in the log. Of a token that opens nothing no more is said.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from recalldesk.accounts.actions import refuse_unless_named, require
from recalldesk.accounts.errors import InvitationNotGood, StaffNotAccepted
from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.reads import staff_at
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock

LASTS = timedelta(days=7)
LONGEST_TOKEN = 100
INVITED, REVOKED = "invited", "invitation_revoked"
"""States of a member of staff in the log, beside the roles."""


@dataclass(frozen=True)
class NewInvitation:
    """An invitation just made. `token` is for the mail alone."""

    row: Invitation
    token: str = field(repr=False)


@transaction.atomic
def invite(*, email: str, name: str, role: Role, by: Staff | None) -> NewInvitation:
    """Invites somebody, or somebody who had left; an earlier invitation of theirs is revoked.

    `by` is None only for the first, who is an administrator's own start. Raises StaffNotAccepted,
    or NotPermitted where `by` does not manage staff.
    """
    if by is not None:
        require(by, Permission.MANAGE_STAFF)
    refuse_unless_named(email, name)
    person = staff_at(email) or _stranger(email, name, role)
    person = Staff.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise StaffNotAccepted(
            f"{email} is already a member of staff.", "`recalldesk staff list` shows everybody."
        )
    _revoke(person, by)
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        person=person,
        name=name.strip(),
        role=role,
        digest=_digest(token),
        invited_by=by,
        expires_at=clock.now() + LASTS,
    )
    _record(person, "", INVITED, by)
    return NewInvitation(row, token)


def _stranger(email: str, name: str, role: Role) -> Staff:
    person = Staff(email=email.lower(), name=name.strip(), role=role, is_active=False)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def revoke_invitation(*, email: str, by: Staff) -> None:
    """Ends the open invitation of an address. Raises StaffNotAccepted, or NotPermitted."""
    require(by, Permission.MANAGE_STAFF)
    person = staff_at(email)
    if person is None or not _revoke(person, by):
        raise StaffNotAccepted(
            f"{email} has no open invitation.", "`recalldesk staff list` shows those that are open."
        )


def _revoke(person: Staff, by: Staff | None) -> bool:
    rows = Invitation.objects.filter(person=person, used_at=None, revoked_at=None)
    if not rows.update(revoked_at=clock.now()):
        return False
    _record(person, INVITED, REVOKED, by)
    return True


def _record(person: Staff, before: str, after: str, by: Staff | None) -> None:
    record_change(
        subject=Subject.STAFF,
        subject_id=person.pk,
        from_state=before,
        to_state=after,
        actor=Actor.STAFF if by else Actor.MACHINE,
        actor_id=by.pk if by else None,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a token opens, or None: unknown, used, revoked or too old."""
    if len(token) > LONGEST_TOKEN:
        return None
    return _open(Invitation.objects.filter(digest=_digest(token)).first())


def invitation_numbered(number: int) -> Invitation | None:
    """The invitation of this number while it opens something, or None."""
    return _open(Invitation.objects.filter(pk=number).first())


def invitation_at(email: str) -> Invitation | None:
    """The open invitation of an address, or None."""
    person = staff_at(email)
    return _open(Invitation.objects.filter(person=person).order_by("-pk").first())


def _open(row: Invitation | None) -> Invitation | None:
    return row if row is not None and row.is_open else None


@transaction.atomic
def take_invitation(*, number: int, password: str | None) -> Staff:
    """The person is staff from now on; without a password they sign in by a passkey or a provider.

    Raises InvitationNotGood, or StaffNotAccepted where the password will not do.
    """
    row = Invitation.objects.select_for_update().filter(pk=number).first()
    if row is None or not row.is_open:
        raise InvitationNotGood(
            "This invitation does not open anything.", "Ask whoever invited you for a new one."
        )
    person = Staff.objects.select_for_update().get(pk=row.person_id)
    person.name, person.role, person.is_active = row.name, row.role, True
    if password is None:
        person.set_unusable_password()
    else:
        _refuse_unless_good(password, person)
        person.set_password(password)
    person.sessions_ended += 1
    person.save()
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    record_change(
        subject=Subject.STAFF,
        subject_id=person.pk,
        from_state=INVITED,
        to_state=row.role,
        actor=Actor.STAFF,
        actor_id=person.pk,
    )
    return person


def _refuse_unless_good(password: str, person: Staff) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise StaffNotAccepted(" ".join(error.messages), "Choose another password.") from error
