"""What the desk keeps of a recall file that does not hold together yet."""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock


class UnfinishedFile(models.Model):
    """A recall file as it was left at the desk, where it does not hold together yet.

    It stands beside the recall's versions, by the name of the recall, which may have none yet. It
    goes once it is applied, or dropped. `begun_from` is the digest of the file from which it was
    begun. Whoever wrote at it has written at the version that it becomes.
    """

    slug = models.SlugField(max_length=60, unique=True)
    text = models.TextField()
    begun_from = models.CharField(max_length=64, blank=True)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="unfinished_files")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changed_unfinished_files"
    )
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"unfinished file of {self.slug}"
