"""Collection sites, what owners say of them, postal codes, and the files that brought them.

Guarantees, kept by the database itself: each line of a file is counted once; no site and no file is
deleted: a site that is no more is closed. Nothing here tells of an owner: neither a position nor a
postal code of one is kept.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from recalldesk.disposal.states import FileOf, LineReason, Refused, SiteKind, Takes
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField


class SiteFile(models.Model):
    """A file that was taken in: the importers' law in figures. `source`: the list that it is of;
    `lines`: lines, or features; `added`, `changed`, `closed`: what became of sites."""

    what = models.CharField(max_length=16, choices=FileOf.choices)
    source = models.CharField(max_length=60, blank=True)
    file_sha256 = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_of_sites_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="site_file_stays", operation=pgtrigger.Delete | pgtrigger.Update
            ),
        )

    def __str__(self) -> str:
        return f"file of sites {self.pk}"

    @property
    def others(self) -> int:
        """Lines that hold no site: headings, blank ones, further lines of a row."""
        return self.heading + self.blank + self.continued


class SiteReject(models.Model):
    """A line, or a feature, that was not taken. `sealed_row`: as it came, to be sent back; it may
    name somebody who works there."""

    file = models.ForeignKey(SiteFile, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=16, choices=LineReason.choices)
    sealed_row = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="site_reject_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"rejected line {self.number} of file of sites {self.file_id}"


class CollectionSite(models.Model):
    """A place that may take recalled units.

    `source` and `outside_id`: the list that names it, and its number there; `identity`: by what a
    later file names the same site. `is_place_exact`: the position is the site's own, not that of
    its postal code. `by_desk`: the fields that a person changed, which no file changes unless it is
    told to. `closed_by` is None where a file closed it. `brought_by` and `line`: the file that
    named it first, None where the desk entered it. `residents_only` is None where nobody said.
    """

    source = models.CharField(max_length=60, blank=True)
    outside_id = models.CharField(max_length=64, blank=True)
    identity = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=60, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=300, blank=True)
    residents_only = models.BooleanField(null=True)
    takes = models.CharField(max_length=4, choices=Takes.choices, default=Takes.ASK)
    checked_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_place_exact = models.BooleanField(default=True)
    by_desk = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    brought_by = models.ForeignKey(
        SiteFile, null=True, on_delete=models.PROTECT, related_name="sites"
    )
    line = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="site_is_on_the_earth",
            ),
        )
        indexes = (
            GistIndex(
                models.Func("longitude", "latitude", function="point"),
                condition=models.Q(closed_at__isnull=True),
                name="open_sites_by_place",
            ),
            models.Index(fields=["source", "closed_at"], name="sites_of_a_list"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="site_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="site_keeps_its_identity", fields=["id", "identity", "source", "brought_by"]
            ),
        )

    def __str__(self) -> str:
        return f"collection site {self.pk}"


class SiteRefusal(models.Model):
    """An owner says that they were turned away. Says nothing of the owner. `form_key`: the form
    that said it, which counts once; `set_aside_at`: a person looked, and it is shown no more."""

    site = models.ForeignKey(CollectionSite, on_delete=models.PROTECT, related_name="refusals")
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Refused.choices)
    form_key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now, db_index=True)
    looked_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="site_refusal_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="site_refusal_says_what_it_said",
                fields=["id", "site", "recall", "reason", "form_key", "at"],
            ),
        )

    def __str__(self) -> str:
        return f"refusal {self.pk}"


class PostalPlace(models.Model):
    """Where a postal code lies, as a table of the desk says. `code`: letters and digits alone."""

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=16)
    place = models.CharField(max_length=180, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["country", "code", "place"], name="a_place_of_a_postal_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="postal_place_is_on_the_earth",
            ),
        )
        indexes = (
            models.Index(
                fields=["country", "code"],
                name="postal_codes_by_beginning",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.code}"
