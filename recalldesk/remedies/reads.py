"""The door to remedies: what a unit has, and what may be ordered."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from recalldesk.foundation.serial_form import normalise
from recalldesk.remedies.models import Remedy, SentUnit
from recalldesk.remedies.states import EFFECTIVE, SINCE_TAKEOVER, RemedyState
from recalldesk.sealing.fields_of_rows import digest


def remedies_that_count(unit_digest: bytes) -> QuerySet[Remedy]:
    """The remedies of a unit that count, under whatever recall."""
    return Remedy.objects.filter(entitlement__unit_digest=unit_digest, state__in=EFFECTIVE)


def units_with_remedy(units: Collection[bytes], *, grant: int) -> frozenset[bytes]:
    """Those of some units, by their digests, that were given this grant and it counts."""
    rows = Remedy.objects.filter(
        entitlement__unit_digest__in=list(units), entitlement__grant=grant, state__in=EFFECTIVE
    )
    found = rows.values_list("entitlement__unit_digest", flat=True)
    return frozenset(bytes(digest) for digest in found)


def effective_remedy(
    *, unit_digest: bytes, grant: int | None = None, is_locked: bool = False
) -> Remedy | None:
    """The newest remedy of a unit that counts, under whatever recall; None where there is none.

    `grant`: only of this grant. `is_locked`: it is locked until the caller's transaction ends.
    """
    rows = remedies_that_count(unit_digest)
    if grant is not None:
        rows = rows.filter(entitlement__grant=grant)
    rows = rows.order_by("-created_at")
    return (rows.select_for_update(of=("self",)) if is_locked else rows).first()


def may_be_sent_since_takeover(remedy: Remedy | None) -> bool:
    """Whether what waits here may have been sent by a system before this one."""
    if remedy is None or remedy.state != RemedyState.WAITING:
        return False
    return remedy.held in SINCE_TAKEOVER


def remedies_to_order(*, now: datetime) -> QuerySet[Remedy]:
    """The remedies that wait and whose moment has come, the longest due first; by index.

    Whoever orders one locks it, and asks again whether it still waits.
    """
    waiting = Remedy.objects.filter(state=RemedyState.WAITING, held="", orderable_at__lte=now)
    return waiting.order_by("orderable_at", "pk")


def owners_of_units(
    *, article: str = "", serials: Collection[str] = (), lots: Collection[str] = ()
) -> QuerySet[SentUnit]:
    """Who was sent one of these units: for when the replacement itself is recalled.

    By its order each row names the remedy, and so the claim of its owner. Without serials and lots,
    all units of the article.
    """
    rows = SentUnit.objects.select_related("order").order_by("pk")
    if article:
        rows = rows.filter(article=article)
    if serials or lots:
        digests = [digest(SentUnit, "serial_digest", normalise(each)) for each in serials]
        rows = rows.filter(Q(serial_digest__in=digests) | Q(lot__in=list(lots)))
    return rows
