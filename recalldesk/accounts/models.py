"""Staff rows. An address belongs to one person, however its letters are written."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.foundation import clock


class Staff(AbstractBaseUser):
    """A person of the firm who works at the desk."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

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
