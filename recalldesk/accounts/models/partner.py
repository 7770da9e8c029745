"""Partners: shops, distributors and others with stock, and what lets them in.

Guarantees, kept by the database itself: a partner is never deleted, since what it told stays under
its name; the database holds digests of links and passes only, so that whoever reads it can open
nothing.
"""

import pgtrigger
from django.db import models
from django.db.models.functions import Lower

from recalldesk.accounts.models.staff import Staff
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.sealing.fields import SealedField


class Partner(models.Model):
    """A firm. `sealed_person`, `sealed_email`, `sealed_phone`: whom we write to there.

    `level`: where in the chain of sale its stock is. `company_key`: its key in recall files, by
    which its frames, files and figures are its own; empty where no recall names it.
    """

    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=PartnerLevel.choices)
    company_key = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=12)
    sealed_person = SealedField(default=b"")
    sealed_email = SealedField()
    sealed_phone = SealedField(default=b"")
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="partners_added")
    added_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                condition=models.Q(ended_at__isnull=True),
                name="one_partner_of_a_name",
            ),
            models.UniqueConstraint(
                fields=["company_key"],
                condition=models.Q(ended_at__isnull=True) & ~models.Q(company_key=""),
                name="one_partner_of_a_company",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=PartnerLevel.values), name="partner_level_is_known"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="partner_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether it is still a partner."""
        return self.ended_at is None


class PartnerLink(models.Model):
    """A link that was mailed to a partner. `digest` is that of its 256 random bits."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"partner's link {self.pk}"


class PartnerPass(models.Model):
    """That one browser may act for a partner for a while."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="passes")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"partner's pass {self.pk}"
