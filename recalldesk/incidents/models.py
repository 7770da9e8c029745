"""What happened with a unit, and since when the firm knows of it.

Guarantee, kept by the database itself: `obtained_at` is the server's own and never changes, and no
row is deleted: a duty to report runs from it, and figures are counted from them. What names people
or tells of harm is sealed. A report that tells of the same event as another points at that one.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Contact, Filing
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.incidents.states import Care, Happened, HasUnit, IncidentSource, IncidentState
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField


class Incident(models.Model):
    """Harm or a near miss. `recall` is None where the teller did not come from a recall's page.

    `contact`: the call or letter by which the desk was told. `sealed_contact` says how to reach the
    teller where there is no filing that does. `same_as`: the report of the same event that is
    counted; this one is kept, and counted no more. `outside_number` is the report's own in the
    file that it came from, `told_on` the day on which it was told there. `happened_on` is None
    where nobody said; `is_day_exact` whether it is the day or about then. `reminded_at`: when the
    desk was last reminded that nothing is decided.
    """

    recall = models.ForeignKey(
        Recall, null=True, on_delete=models.PROTECT, related_name="incidents"
    )
    filing = models.OneToOneField(
        Filing, null=True, on_delete=models.PROTECT, related_name="incident"
    )
    contact = models.OneToOneField(
        Contact, null=True, on_delete=models.PROTECT, related_name="incident"
    )
    evidence = models.OneToOneField(
        EvidenceSet, null=True, on_delete=models.PROTECT, related_name="incident"
    )
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="told_by")
    source = models.CharField(max_length=16, choices=IncidentSource.choices)
    outside_number = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=16, choices=IncidentState.choices, default=IncidentState.OBTAINED
    )
    obtained_at = models.DateTimeField(default=clock.now, db_index=True)
    language = models.CharField(max_length=12)
    product_key = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    happened = models.CharField(max_length=16, choices=Happened.choices, blank=True)
    happened_on = models.DateField(null=True)
    is_day_exact = models.BooleanField(default=True)
    told_on = models.DateField(null=True)
    has_unit = models.CharField(max_length=16, choices=HasUnit.choices, blank=True)
    sealed_serial = SealedField(default=b"")
    sealed_contact = SealedField(default=b"")
    sealed_account = SealedField(default=b"")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    authority_reference = models.CharField(max_length=64, blank=True)
    reported_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "outside_number"],
                condition=~models.Q(outside_number=""),
                name="report_of_a_file_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=IncidentState.OBTAINED)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=IncidentState.FILED)
                | models.Q(reported_at__isnull=False) & ~models.Q(authority_reference=""),
                name="reported_with_its_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | ~models.Q(same_as=models.F("id")),
                name="not_the_same_as_itself",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="incident_stays", operation=pgtrigger.Delete),
            # What is sealed is sealed under the recall's key.
            pgtrigger.ReadOnly(
                name="obtained_when_it_was", fields=["id", "recall", "obtained_at", "source"]
            ),
        )

    def __str__(self) -> str:
        return f"incident {self.pk}"


class Injury(models.Model):
    """One person who was hurt, by the care that they had. Never deleted: one that turns out to be
    wrong is struck, and counted no more."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="injuries")
    care = models.CharField(max_length=16, choices=Care.choices)
    sealed_age = SealedField(default=b"")
    sealed_harm = SealedField(default=b"")
    struck_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="injury_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="injury_of_its_incident", fields=["id", "incident"]),
        )

    def __str__(self) -> str:
        return f"injury {self.pk}"

    @property
    def sealing_recall_id(self) -> int | None:
        """The recall under whose key its values are sealed: that of its incident."""
        return self.incident.recall_id


class Damage(models.Model):
    """Property that was damaged. `amount` is None where nobody said; never deleted, but struck."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="damages")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    sealed_what = SealedField(default=b"")
    struck_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | models.Q(amount__gte=0) & ~models.Q(currency=""),
                name="amount_with_its_currency",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="damage_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="damage_of_its_incident", fields=["id", "incident"]),
        )

    def __str__(self) -> str:
        return f"damage {self.pk}"

    @property
    def sealing_recall_id(self) -> int | None:
        """The recall under whose key its values are sealed: that of its incident."""
        return self.incident.recall_id
