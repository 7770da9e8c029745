"""Why a version is published in spite of what was found of it.

Guarantees, kept by the database itself: an override stays as it is; a finding of the linter is
overridden by the approver alone.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models.version import RecallVersion


class Override(models.Model):
    """One person's reason for publishing in spite of a finding. Two people are needed."""

    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="overrides")
    finding = models.CharField(max_length=40, choices=Reason.choices)
    facts_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "finding", "facts_digest", "by"], name="one_override_a_person"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="override_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"override of {self.finding} for {self.version}"


class NoticeOverride(models.Model):
    """That the approver lets a version go live in spite of what the linter found of its notice.

    `field` is where in the recall file, `finding_digest` binds it to the very finding. The reason
    stands sealed in the log.
    """

    version = models.ForeignKey(
        RecallVersion, on_delete=models.PROTECT, related_name="notice_overrides"
    )
    rule = models.CharField(max_length=60)
    field = models.TextField()
    finding_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "finding_digest"], name="one_override_a_notice_finding"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="notice_override_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="only_the_approver_overrides",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM recalls_recallversion
                        WHERE id = NEW.version_id AND approved_by_id = NEW.by_id
                    ) THEN
                        RAISE EXCEPTION 'recalldesk: only its approver overrides a notice finding';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"override of {self.rule} for {self.version}"
