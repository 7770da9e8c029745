"""Feeds that were read, the recalls of others in them, and the numbers found there.

The database keeps that of each feed every entry is accounted for. Nothing here is of a person.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.elsewhere.states import EntryReason, FeedForm, Found
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class FeedFile(models.Model):
    """A feed that was read, and what became of each of its entries."""

    sha256 = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=8, choices=FeedForm.choices)
    came_from = models.CharField(max_length=300)
    entries = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    newest = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    entries=models.F("accepted") + models.F("rejected") + models.F("duplicate")
                ),
                name="every_entry_of_a_feed_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="feed_file_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="counted_feed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.entries <> 0"),
            ),
        )

    def __str__(self) -> str:
        return f"feed {self.pk}"


class EntryRejected(models.Model):
    """An entry that was not taken: its place in the feed, why, and how it begins."""

    file = models.ForeignKey(FeedFile, on_delete=models.PROTECT, related_name="rejects")
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=16, choices=EntryReason.choices)
    entry = models.TextField()

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="rejected_entry_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"entry {self.position} of feed {self.file_id}"


class OutsideRecall(models.Model):
    """A recall as its authority tells it, by the newest entry that was read. Lists are lines."""

    agency = models.CharField(max_length=8)
    number = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=500, blank=True)
    date = models.DateField()
    published = models.DateField(null=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    hazards = models.TextField(blank=True)
    firms = models.TextField(blank=True)
    units = models.TextField(blank=True)
    remedies = models.TextField(blank=True)
    digest = models.BinaryField(max_length=32)
    file = models.ForeignKey(FeedFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint("agency", "number", "url", name="one_row_of_an_outside_recall"),
            models.CheckConstraint(
                condition=~models.Q(number="", url=""), name="an_outside_recall_can_be_named"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="outside_recall_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.agency} {self.number or self.url}"


class OutsideModel(models.Model):
    """A number found in a recall of others. `key` compares it: see `numbers.key_of`."""

    recall = models.ForeignKey(OutsideRecall, on_delete=models.CASCADE, related_name="models")
    key = models.CharField(max_length=64)
    written = models.CharField(max_length=60)
    found = models.CharField(max_length=8, choices=Found.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint("key", "found", "recall", name="a_number_once_of_a_recall"),
        )

    def __str__(self) -> str:
        return f"{self.written} of {self.recall_id}"
