"""What is asked for of a version.

Guarantees, kept by the database itself: it is asked for once at a time, ends once, and stays.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models.version import RecallVersion
from recalldesk.recalls.states import REQUEST_MOVES, RequestKind, RequestState


class VersionRequest(models.Model):
    """That somebody asks for a version to be approved by another, or to be published by a job.

    Words and reasons stand sealed in the log. The last two say when who is concerned was told.
    """

    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=16, choices=RequestKind.choices)
    state = models.CharField(
        max_length=16, choices=RequestState.choices, default=RequestState.WAITING
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    asked_told_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(state=RequestState.WAITING),
                name="asked_for_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.WAITING, ended_at__isnull=True)
                | ~models.Q(state=RequestState.WAITING) & models.Q(ended_at__isnull=False),
                name="what_ended_says_when",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="request_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="request_never_changes", fields=["id", "version", "kind", "by", "at"]
            ),
            pgtrigger.FSM(
                name="request_ends_once",
                field="state",
                transitions=[
                    (before, after)
                    for before, moves in REQUEST_MOVES.items()
                    for after in sorted(moves)
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.version}"
