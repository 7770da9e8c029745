"""What an owner sends.

Guarantees, kept by the database itself: once filed, a filing is never a draft again and keeps its
reference; a filed one is not deleted, it is erased, which leaves the row as a stub. Everything that
names a person is sealed.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.claims.states import Channel, FilingState
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing.fields import LookupField, SealedField


class Filing(models.Model):
    """One owner's claims under one recall, with where to reach them and where to send what.

    `key` stands in addresses and opens nothing; `reference` is what the owner is told. `version` is
    the one by which the filing was made. `sealed_address` and `sealed_payee` hold JSON.
    `unreached_since`: something that was written to the owner reached nobody. `channel`: the way in
    which it came; `entered_by`: who of the desk entered it. `owner_wrote_at`: when the owner wrote
    what nobody answered yet. `keys_version`: of which forms its keys are; 0 where it has none.
    `is_list`: it came as a list of many units (unit_list.py).
    """

    key = models.CharField(max_length=16, unique=True)
    reference = models.CharField(max_length=16, unique=True)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="filings")
    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="+")
    brand = models.CharField(max_length=60)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=16, choices=FilingState.choices, default=FilingState.DRAFT)
    remedy_key = models.CharField(max_length=60, blank=True)
    is_dangerous = models.BooleanField(default=False)
    sealed_name = SealedField(default=b"")
    sealed_email = SealedField(default=b"")
    email_digest = LookupField(max_length=32, default=b"")
    sealed_phone = SealedField(default=b"")
    phone_digest = LookupField(max_length=32, default=b"")
    sealed_address = SealedField(default=b"")
    sealed_payee = SealedField(default=b"")
    opened_at = models.DateTimeField(default=clock.now)
    touched_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True)
    unreached_since = models.DateTimeField(null=True)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.PAGE)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_wrote_at = models.DateTimeField(null=True)
    keys_version = models.PositiveSmallIntegerField(default=0)
    is_list = models.BooleanField(default=False)
    filed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["touched_at"],
                condition=models.Q(state=FilingState.DRAFT),
                name="drafts_by_age",
            ),
            models.Index(
                fields=["recall", "filed_at"],
                condition=models.Q(filed_at__isnull=False),
                name="filings_by_day",
            ),
            models.Index(
                fields=["keys_version"],
                condition=models.Q(state=FilingState.FILED),
                name="filings_by_keys_version",
            ),
            models.Index(fields=["email_digest"], name="filing_email"),
            models.Index(fields=["phone_digest"], name="filing_phone"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=FilingState.DRAFT, filed_at__isnull=True)
                | ~models.Q(state=FilingState.DRAFT),
                name="a_draft_was_not_filed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=FilingState.FILED) | models.Q(filed_at__isnull=False),
                name="a_filed_filing_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=FilingState.ERASED)
                | models.Q(
                    erased_at__isnull=False,
                    sealed_name=b"",
                    sealed_email=b"",
                    email_digest=b"",
                    sealed_phone=b"",
                    phone_digest=b"",
                    sealed_address=b"",
                    sealed_payee=b"",
                ),
                name="an_erased_filing_is_empty",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="filed_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__filed_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="filing_keeps_its_name", fields=["id", "key", "reference", "recall"]
            ),
            pgtrigger.Protect(
                name="filed_never_changes_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.filed_at IS NOT NULL AND (OLD.filed_at, OLD.version_id)"
                    " IS DISTINCT FROM (NEW.filed_at, NEW.version_id)"
                    " OR OLD.state = 'filed' AND NEW.state = 'draft'"
                    " OR OLD.state = 'erased' AND NEW.state <> 'erased'"
                ),
            ),
        )

    def __str__(self) -> str:
        return self.reference
