"""Keys to the API.

Guarantees, kept by the database itself: a key is never deleted, and what is revoked stays so.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from recalldesk.accounts.models.partner import Partner
from recalldesk.accounts.models.staff import Staff
from recalldesk.accounts.permissions import KeyRight
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class ApiKey(models.Model):
    """A partner's key to the API. The key itself is nowhere kept."""

    name = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32, unique=True)
    rights = ArrayField(models.CharField(max_length=24, choices=KeyRight.choices))
    created_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="keys_given")
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="keys")
    """For whom it speaks, where it tells stock."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                condition=models.Q(revoked_at__isnull=True),
                name="one_good_key_of_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(rights__contained_by=KeyRight.values, rights__len__gt=0),
                name="key_rights_are_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(rights__contains=[KeyRight.STOCK.value])
                | models.Q(partner__isnull=False),
                name="stock_is_told_by_a_partner",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="key_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="key_never_changes", exclude=["revoked_at", "last_used_on"]),
            pgtrigger.Protect(
                name="revoked_stays_revoked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at"
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name
