"""A call as its caller sees it, and the waves whose calls wait.

Guarantee: of a number only its end, until the caller asked for it; of a person nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.mailing.reads import masked
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.calling.errors import NoSuchCall
from recalldesk.outreach.calling.hours import is_open, local_times
from recalldesk.outreach.calling.taking import LASTS, holding, number_called, waiting_calls
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.models import Answer, Call, DirectNotice, NamedPurchase, Wave
from recalldesk.outreach.states import NoticeState, Way
from recalldesk.outreach.waves.said import said
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class CallsOfWave:
    """The calls of a wave that is at work. `due`: that may be made now as far as it is known;
    `taken`: with a caller; `next_at`: when the next may be made, where none is due."""

    wave: Wave
    waiting: int
    due: int
    taken: int
    next_at: datetime | None


@dataclass(frozen=True, repr=False)
class EarlierCall:
    """A call that was made before."""

    outcome: str
    note: str
    again_at: datetime | None
    by: str
    at: datetime


@dataclass(frozen=True, repr=False)
class CallShown:
    """A call. `number`: masked; `local`: the time of day there; `zone`: by which a time that they
    name is read; `is_mine`: the one who asks has it, until `until`; `products`: keys of those that
    were bought; `units`: how many."""

    notice: DirectNotice
    reference: str
    number: str
    local: tuple[str, ...]
    zone: str
    is_day_there: bool
    script: tuple[str, ...]
    language: str
    products: tuple[str, ...]
    product_names: tuple[str, ...]
    units: int
    is_mine: bool
    until: datetime | None
    earlier: tuple[EarlierCall, ...]
    answers: tuple[Answer, ...]

    @property
    def is_open(self) -> bool:
        """Whether it waits to be settled."""
        return self.notice.state == NoticeState.WAITING


def calls_that_wait(*, by: Staff) -> tuple[CallsOfWave, ...]:
    """Waves with calls that wait, the newest first. Raises NotPermitted."""
    require(by, Permission.CALL_PURCHASERS)
    now = clock.now()
    free = Q(tried_at=None) | Q(tried_at__lt=now - LASTS)
    rows = (
        waiting_calls()
        .values("wave")
        .annotate(
            waiting=Count("pk"),
            due=Count("pk", filter=free & (Q(not_before=None) | Q(not_before__lte=now))),
            taken=Count("pk", filter=Q(tried_at__gte=now - LASTS)),
            next_at=Min("not_before", filter=Q(not_before__gt=now)),
        )
    )
    counts = {each["wave"]: each for each in rows}
    waves = Wave.objects.filter(pk__in=counts).select_related("recall").order_by("-pk")
    return tuple(
        CallsOfWave(
            wave=each,
            waiting=counts[each.pk]["waiting"],
            due=counts[each.pk]["due"],
            taken=counts[each.pk]["taken"],
            next_at=counts[each.pk]["next_at"],
        )
        for each in waves
    )


def call_shown(notice_id: int, *, by: Staff) -> CallShown:
    """A call. Raises NotPermitted, NoSuchCall, SealingError, TextRefused."""
    require(by, Permission.CALL_PURCHASERS)
    rows = DirectNotice.objects.select_related("wave__recall", "wave__version")
    notice = rows.filter(pk=notice_id, way=Way.PHONE).first()
    if notice is None:
        raise NoSuchCall("There is no such call.", "The list of calls leads to each.")
    number, held, now = number_called(notice), holding(notice), clock.now()
    zones: Sequence[str] = number.zones if number else ()
    words = said(notice)
    products = _products(notice)
    return CallShown(
        notice=notice,
        reference=reference_of(notice.pk),
        number=masked(number.e164) if number else "",
        local=local_times(zones, now),
        zone=zones[0] if zones else "UTC",
        is_day_there=is_open(zones, now),
        script=words.paragraphs,
        language=words.language,
        products=products,
        product_names=_names(notice.wave, products),
        units=max(1, notice.units),
        is_mine=held is not None and held.by == by.pk,
        until=held.until if held else None,
        earlier=_earlier(notice),
        answers=tuple(notice.answers.filter(GIVEN, undone_at=None).order_by("pk")),
    )


def _products(notice: DirectNotice) -> tuple[str, ...]:
    rows = NamedPurchase.objects.filter(notice=notice).order_by("pk")
    return tuple(dict.fromkeys(rows.values_list("purchase__product", flat=True)))


def _names(wave: Wave, products: Sequence[str]) -> tuple[str, ...]:
    by_key = document_of(wave.version).product_by_key if wave.version else {}
    return tuple(by_key[each].names[0] if each in by_key else each for each in products)


def _earlier(notice: DirectNotice) -> tuple[EarlierCall, ...]:
    calls: list[Call] = list(notice.calls.select_related("by", "notice").order_by("-at", "-pk"))
    return tuple(
        EarlierCall(
            outcome=each.get_outcome_display(),
            note=opened(each, "sealed_note"),
            again_at=each.again_at,
            by=each.by.name,
            at=each.at,
        )
        for each in calls
    )
