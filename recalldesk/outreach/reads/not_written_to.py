"""Contacts that are not written to in one way, and why.

Guarantees: a contact is shown masked; a page begins behind its place whatever came meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.mailing.reads import masked
from recalldesk.outreach.models import DirectNotice, Suppressed
from recalldesk.outreach.reads.recipients import masked_recipient
from recalldesk.outreach.states import Suppression, Way
from recalldesk.purchasers.models import ContactPoint
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

PAGE_SIZE = 50
MOST_COUNTED = 1_000
LONGEST_NUMBER = 18


@dataclass(frozen=True, repr=False)
class SilentContact:
    """A contact that is not written to. `to`: masked; empty where it is known no more; `recall`:
    its slug, or empty where it holds for every recall; `notice`: recall, wave and number of the
    notice by which it came to that."""

    number: int
    to: str
    way: Way
    reason: Suppression
    recall: str
    notice: tuple[str, int, int] | None
    at: datetime
    lifted_at: datetime | None
    lifted_by: str


@dataclass(frozen=True)
class SilentPage:
    """A page of the list. `after`: the place of the next page, or empty; `count`: how many, up to
    one more than `MOST_COUNTED`."""

    rows: tuple[SilentContact, ...]
    after: str
    count: int


def not_written_to(
    recall: Recall,
    *,
    by: Staff,
    way: Way | None = None,
    reason: Suppression | None = None,
    lifted: bool = False,
    after: str = "",
    size: int = PAGE_SIZE,
) -> SilentPage:
    """Those of a recall and those of every recall, the newest first; or those that were lifted.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.SEE_PURCHASERS)
    rows = Suppressed.objects.filter(
        Q(recall=recall) | Q(recall=None), lifted_at__isnull=not lifted
    )
    if way:
        rows = rows.filter(way=way)
    if reason:
        rows = rows.filter(reason=reason)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER:
        rows = rows.filter(pk__lt=int(after))
    found = list(_joined(rows)[: size + 1])
    page = found[:size]
    return SilentPage(
        rows=tuple(_row(each) for each in page),
        after=str(page[-1].pk) if len(found) > size else "",
        count=count,
    )


def _joined(rows: QuerySet[Suppressed]) -> QuerySet[Suppressed]:
    return rows.select_related("recall", "notice__wave__recall", "lifted_by").order_by("-pk")


def _row(row: Suppressed) -> SilentContact:
    notice = row.notice
    return SilentContact(
        number=row.pk,
        to=_masked(row),
        way=Way(row.way),
        reason=Suppression(row.reason),
        recall=row.recall.slug if row.recall else "",
        notice=(notice.wave.recall.slug, notice.wave.number, notice.pk) if notice else None,
        at=row.at,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by.name if row.lifted_by else "",
    )


def _masked(row: Suppressed) -> str:
    """By its notice, or by any notice or purchaser that has the contact: only its digest stands in
    the row."""
    digest = bytes(row.contact_digest)
    notice = row.notice or DirectNotice.objects.filter(contact_digest=digest).first()
    if notice is not None:
        return masked_recipient(notice)
    point = ContactPoint.objects.filter(digest=digest).first()
    if point is None or point.kind == ContactKind.ADDRESS:
        return ""
    return masked(opened(point, "sealed_value"))
