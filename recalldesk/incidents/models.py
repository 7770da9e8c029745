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
from recalldesk.incidents.states import (
    Care,
    Happened,
    HasUnit,
    IncidentSource,
    IncidentState,
    ReportReason,
)
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class IncidentFile(models.Model):
    """A file of reports that was taken in: the importers' law in figures. Never changed."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="incident_files")
    file_sha256 = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "file_sha256"], name="a_file_of_reports_counts_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_of_reports_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="incident_file_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"file of incident reports {self.pk}"


class IncidentReject(models.Model):
    """A line of such a file that was not taken. `sealed_row`: the line as it came, to be sent back;
    it tells of people and their health, and is emptied after 90 days."""

    file = models.ForeignKey(IncidentFile, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=16, choices=ReportReason.choices)
    sealed_row = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="incident_reject_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="incident_reject_says_what_it_said", fields=["file", "number", "reason"]
            ),
        )

    def __str__(self) -> str:
        return f"rejected line {self.number} of file of incident reports {self.file_id}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key the row is sealed."""
        return self.file.recall_id


class Incident(models.Model):
    """Harm or a near miss. `recall` is None where the teller did not come from a recall's page.

    `contact`: the call or letter by which the desk was told. `sealed_contact` says how to reach the
    teller where there is no filing that does. `same_as`: the report of the same event that is
    counted; this one is kept, and counted no more. `outside_number` is the report's own in the
    file that it came from, `brought_by` and `line` say where in which file, `told_on` the day on
    which it was told there; `nothing_happened` that it tells of a danger, and of nothing that came
    of it. `happened_on` is None where nobody said; `is_day_exact` whether it is the day or about
    then. `nonce` names the form that was sent: however often it comes, it is one incident.
    `reminded_at`: when the desk was last reminded that nothing is decided. `learned_at`: since when
    something waits that was told after the decision. `keyed_at`: when the digests were made by
    which reports of one event are found; None where they have to be made yet.
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
    nonce = models.CharField(max_length=32, blank=True)
    product_key = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    happened = models.CharField(max_length=16, choices=Happened.choices, blank=True)
    happened_on = models.DateField(null=True)
    is_day_exact = models.BooleanField(default=True)
    nothing_happened = models.BooleanField(default=False)
    told_on = models.DateField(null=True)
    brought_by = models.ForeignKey(
        IncidentFile, null=True, on_delete=models.PROTECT, related_name="incidents"
    )
    line = models.PositiveBigIntegerField(null=True)
    has_unit = models.CharField(max_length=16, choices=HasUnit.choices, blank=True)
    sealed_serial = SealedField(default=b"")
    sealed_contact = SealedField(default=b"")
    sealed_account = SealedField(default=b"")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    authority_reference = models.CharField(max_length=64, blank=True)
    reported_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    learned_at = models.DateTimeField(null=True)
    serial_digest = LookupField(max_length=32, default=b"", db_index=True)
    contact_digest = LookupField(max_length=32, default=b"", db_index=True)
    keyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["nonce"], condition=~models.Q(nonce=""), name="a_form_tells_of_one_incident"
            ),
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


class ApartReports(models.Model):
    """That somebody found two reports to tell of two events, so that nobody is asked again. The one
    with the lower number is `first`; the row goes where they are joined after all."""

    first = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="apart_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="apart_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"incidents {self.first_id} and {self.second_id} are two"
