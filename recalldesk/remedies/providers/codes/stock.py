"""How many codes are left, and the letter to the desk when few are.

Guarantee: a pool is told of once when few are left and once when none is, until codes come in.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.remedies.models import CodePool, GiftCode

DESK_LANGUAGE = "en"


@dataclass(frozen=True)
class Stock:
    """One pool in figures. `shown`: of those handed out, how many their owners saw; `withdrawn`:
    how many were taken back before that."""

    recall: str
    name: str
    value: Decimal
    currency: str
    expires_on: date | None
    is_over: bool
    low_stock: int
    left: int
    handed_out: int
    shown: int
    withdrawn: int

    @property
    def is_low(self) -> bool:
        """Whether the desk should see to more."""
        return self.left <= self.low_stock or self.left == 0


def stock() -> tuple[Stock, ...]:
    """All pools, by recall and name."""
    is_out = Q(codes__handed_to__isnull=False)
    rows = CodePool.objects.select_related("recall").annotate(
        brought=Count("codes"),
        out=Count("codes", filter=is_out),
        seen=Count("codes", filter=Q(codes__shown_at__isnull=False)),
        back=Count("codes", filter=Q(codes__withdrawn_at__isnull=False)),
    )
    today = clock.now().date()
    return tuple(
        Stock(
            recall=row.recall.slug,
            name=row.name,
            value=row.value,
            currency=row.currency,
            expires_on=row.expires_on,
            is_over=row.is_over(today),
            low_stock=row.low_stock,
            left=row.brought - row.out,
            handed_out=row.out,
            shown=row.seen,
            withdrawn=row.back,
        )
        for row in rows.order_by("recall__slug", "name")
    )


def warn_if_low(pool: CodePool) -> None:
    """Writes to the desk where few codes are left, or none. In the transaction that took one."""
    left = GiftCode.objects.filter(pool=pool, handed_to__isnull=True).order_by("pk")
    if left[pool.low_stock : pool.low_stock + 1].exists():
        return
    now, count = clock.now(), left.count()
    rows = CodePool.objects.filter(pk=pool.pk)
    if count:
        is_first = rows.filter(warned_at__isnull=True).update(warned_at=now)
    else:
        is_first = rows.filter(warned_out_at__isnull=True).update(warned_at=now, warned_out_at=now)
    if is_first:
        _write(pool, count)


def note_filled(pool: CodePool) -> None:
    """After codes came in: what is not low any more is told of anew when it becomes so."""
    left = GiftCode.objects.filter(pool=pool, handed_to__isnull=True).count()
    rows = CodePool.objects.filter(pk=pool.pk)
    if left > 0:
        rows.update(warned_out_at=None)
    if left > pool.low_stock:
        rows.update(warned_at=None)


def _write(pool: CodePool, left: int) -> None:
    version = live_version(pool.recall) or newest_version(pool.recall)
    if version is None:
        return
    letter = _letter(pool, left)
    for address in dict.fromkeys(brand.email for brand in document_of(version).brands):
        write_mail(
            recall=pool.recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.STOCK_TO_DESK,
        )


def _letter(pool: CodePool, left: int) -> Letter:
    named = f"{pool.recall.slug}/{pool.name}"
    codes_are = "1 code is" if left == 1 else f"{left:,} codes are"
    says = f"Of the gift codes {named}, {codes_are} left." if left else f"{named} has no code left."
    then = (
        "When none is left, orders wait for a person."
        if left
        else "Orders wait at the desk for a person, who sends them on once codes are there."
    )
    return Letter(
        subject=f"{named}: {codes_are} left" if left else f"{named}: no gift code is left",
        language=DESK_LANGUAGE,
        signed=SIGNED,
        paragraphs=(
            says,
            then,
            f"More come in by: recalldesk remedies codes import {named} FILE",
        ),
    )
