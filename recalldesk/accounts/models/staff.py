"""Staff, their sessions at the desk, and how they are invited.

Guarantees: an address belongs to one person, however its letters are written. Whose role changes,
or whose sessions were ended, is signed in nowhere.
"""

from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.sealing.fields import SealedField


class Staff(AbstractBaseUser):
    """A person of the firm who works at the desk."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    sessions_ended = models.PositiveIntegerField(default=0)
    """How often all sessions of this person were ended at once."""

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="staff_email_is_unique"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="staff_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether this person's role holds the permission; never while inactive."""
        return self.is_active and permission in ROLE_PERMISSIONS[Role(self.role)]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still know of the person, at each request, to be theirs."""
        known = f"{self.password} {self.role} {self.sessions_ended}"
        return salted_hmac(
            "recalldesk.accounts.Staff", known, secret=secret, algorithm="sha256"
        ).hexdigest()


class DeskSession(AbstractBaseSession):
    """Somebody's session at the desk. `session_key` is the digest of its key, cut to its length."""

    session_data = SealedField()  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> type:
        """What reads and writes the rows."""
        from recalldesk.accounts.desk_sessions import SessionStore

        return SessionStore


class Invitation(models.Model):
    """Somebody is asked to join the desk. The token itself is nowhere kept but in the mail.

    `person` is not active before the invitation is taken; then name and role become theirs.
    """

    person = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, related_name="invitations_made"
    )
    """Nobody for the very first one."""
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_of_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_ends_one_way",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="invitation_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="invitation_never_changes", exclude=["used_at", "revoked_at"]),
            pgtrigger.Protect(
                name="ended_invitation_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether its link still opens something."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > clock.now()
