"""The only door to who asked to be told: opened for a reason, and each look is in the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.outreach.actions import CONTACT_PURPOSE, SERIAL_PURPOSE
from recalldesk.outreach.forgotten import given_up
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import Recall
from recalldesk.sealing import vault


@dataclass(frozen=True)
class Wish:
    """Who asked to hear if a recall grows, opened."""

    contact: str
    serial: str
    language: str
    asked_at: datetime


@transaction.atomic
def wishes_of(*, recall: Recall, by: Staff, reason: str) -> Iterator[Wish]:
    """Everybody who asked to hear of the recall, the first to ask first; without who asked to be
    forgotten, whatever a hold keeps of them. Raises NotPermitted."""
    require(by, Permission.REACH_OWNERS)
    record_change(
        subject=Subject.RECALL,
        subject_id=recall.pk,
        to_state="wishes_read",
        actor_id=by.pk,
        recall_id=recall.pk,
        note=reason,
    )
    scope = vault.recall_scope(recall.pk)
    rows = GrowthWatch.objects.filter(recall=recall).exclude(pk__in=given_up())
    return (
        Wish(
            contact=vault.open_text(
                bytes(row.sealed_contact), scope=scope, purpose=CONTACT_PURPOSE
            ),
            serial=vault.open_text(bytes(row.sealed_serial), scope=scope, purpose=SERIAL_PURPOSE),
            language=row.language,
            asked_at=row.asked_at,
        )
        for row in rows.order_by("asked_at", "pk").iterator()
    )
