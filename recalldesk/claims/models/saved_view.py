"""A list of the desk that somebody keeps under a name."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from recalldesk.foundation import clock


class SavedView(models.Model):
    """`query` is what stands in the list's address behind the question mark: filters, no search."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint("staff", Lower("name"), name="a_view_has_its_name"),)

    def __str__(self) -> str:
        return self.name
