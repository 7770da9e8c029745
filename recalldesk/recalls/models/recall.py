"""A recall, whose versions say what it says; what it is called never changes."""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.states import RecallState, VersionState


class Recall(models.Model):
    """One corrective action. What it says stands in its versions."""

    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="recall_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="name_never_changes", fields=["id", "slug", "created_at"]),
        )

    def __str__(self) -> str:
        return self.slug


def state_of(recall: Recall) -> RecallState:
    """Where a recall stands, from its own columns and versions."""
    if recall.closed_at is not None:
        return RecallState.CLOSED
    live = recall.versions.filter(state=VersionState.LIVE).exists()
    return RecallState.OPEN if live else RecallState.PREPARING
