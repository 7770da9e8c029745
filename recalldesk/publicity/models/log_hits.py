"""A proxy's logs that were brought in: the importers' law in figures, hits by day, and by what a
line is known again.

Guarantees, kept by the database itself: each line of a log is accounted for; no row is changed or
deleted. No address, no user agent and no query of a visitor is kept: of a line that counted, eight
bytes of a keyed digest.
"""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.publicity.models.staying import stays
from recalldesk.publicity.states import LogForm, PageKind
from recalldesk.recalls.models import Recall


class HitsFile(models.Model):
    """A log that was taken in. `others`: lines of other pages, answers and asks, those of robots
    (`robots`) among them. `takes_back`: the file whose hits this row takes back; it has no lines.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=8, choices=LogForm.choices)
    lines = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    duplicate = models.PositiveBigIntegerField(default=0)
    blank = models.PositiveBigIntegerField(default=0)
    others = models.PositiveBigIntegerField(default=0)
    robots = models.PositiveBigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["recall", "file_sha256"], name="hits_files_by_digest"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("others"),
                    robots__lte=models.F("others"),
                ),
                name="every_line_of_a_log_is_counted",
            ),
        )
        triggers = stays("hits_file")

    def __str__(self) -> str:
        return f"log {self.pk}"


class LogHits(models.Model):
    """Hits of one day (UTC) on pages of one kind, as one file brought them."""

    file = models.ForeignKey(HitsFile, on_delete=models.PROTECT, related_name="hits")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    page = models.CharField(max_length=12, choices=PageKind.choices)
    count = models.PositiveBigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["recall", "day"], name="log_hits_by_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=["file", "day", "page"], name="one_count_of_a_page_a_day_a_file"
            ),
        )
        triggers = stays("log_hits")

    def __str__(self) -> str:
        return f"{self.count} hits on {self.page} on {self.day} in log {self.file_id}"


class CountedLines(models.Model):
    """By what lines of one minute that counted are known again: eight bytes of a keyed digest of
    each, one after the other; a line that stands there twice has them twice."""

    file = models.ForeignKey(HitsFile, on_delete=models.PROTECT, related_name="counted")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    minute = models.DateTimeField()
    fingerprints = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["recall", "minute"], name="counted_lines_by_minute"),)
        triggers = stays("counted_lines")

    def __str__(self) -> str:
        return f"lines of {self.minute} in log {self.file_id}"
