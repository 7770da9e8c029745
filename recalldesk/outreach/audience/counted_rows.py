"""The rows behind each count of a wave's preview.

Guarantees: they are gathered by the same statements as the counts; nobody is named in full; a page
begins behind its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.audience.counted_others import (
    OTHERS,
    PLACE,
    CountedOther,
    others_at,
)
from recalldesk.outreach.audience.counting import NotReached
from recalldesk.outreach.audience.gathering import gather
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Way
from recalldesk.purchasers.models import Purchase, Purchaser
from recalldesk.purchasers.reads.purchases import PurchaseRow, rows_of
from recalldesk.purchasers.reads.shown import ShownPurchaser, shown
from recalldesk.recalls.reads import document_of, live_version, newest_version

PAGE_SIZE = 50
REACHED = ""
BY_FATE = """
SELECT purchaser_id FROM told_fate WHERE why = %(why)s AND purchaser_id > %(after)s
ORDER BY purchaser_id LIMIT %(most)s
"""
BY_NOTICE = """
SELECT place FROM (
    SELECT DISTINCT {place} AS place FROM told_notice
    WHERE kept_back = '' AND way = %(way)s AND language = %(language)s
) each WHERE place > %(after)s
ORDER BY place LIMIT %(most)s
""".replace("{place}", PLACE)
NOBODY_NAMED = """
SELECT id FROM told_purchase p
WHERE NOT EXISTS (SELECT FROM told_buyer b WHERE b.purchase_id = p.id) AND id > %(after)s
ORDER BY id LIMIT %(most)s
"""


@dataclass(frozen=True, repr=False)
class CountedPage:
    """Purchasers, and behind them who is none; or purchases whose buyer no file names. `after`: the
    place of the next page."""

    purchasers: tuple[ShownPurchaser, ...] = ()
    others: tuple[CountedOther, ...] = ()
    purchases: tuple[PurchaseRow, ...] = ()
    after: int = 0


@transaction.atomic
def rows_by_fate(
    wave: Wave, why: NotReached | None, *, by: Staff, after: int = 0, size: int = PAGE_SIZE
) -> CountedPage:
    """Those who are not reached for a reason, or who are, where there is none.

    Raises NotPermitted, AudienceRefused, SealingError.
    """
    _gathered(wave, by)
    if why is NotReached.NO_BUYER:
        numbers, further = _numbers(NOBODY_NAMED, after, size)
        rows = Purchase.objects.filter(pk__in=numbers).select_related("purchaser").order_by("pk")
        return CountedPage(purchases=rows_of(list(rows)), after=further)
    word = why.value if why else REACHED
    return _purchasers(*_numbers(BY_FATE, after, size, why=word))


@transaction.atomic
def rows_by_notice(
    wave: Wave, way: Way, language: str, *, by: Staff, after: int = 0, size: int = PAGE_SIZE
) -> CountedPage:
    """Those to whom a notice would go in this way and language; of a shared contact one of them;
    who asked to be told, and new owners, behind the purchasers.

    Raises NotPermitted, AudienceRefused, SealingError.
    """
    _gathered(wave, by)
    return _purchasers(*_numbers(BY_NOTICE, after, size, way=way.value, language=language))


def _gathered(wave: Wave, by: Staff) -> None:
    require(by, Permission.SEE_PURCHASERS)
    version = live_version(wave.recall) or newest_version(wave.recall)
    assert version is not None  # a wave is of a recall that was live
    gather(wave, document_of(version).languages)


def _purchasers(numbers: Sequence[int], further: int) -> CountedPage:
    named = [each for each in numbers if each < OTHERS]
    people = shown(list(Purchaser.objects.filter(pk__in=named).order_by("pk")))
    return CountedPage(purchasers=tuple(people.values()), others=others_at(numbers), after=further)


def _numbers(statement: str, after: int, size: int, **asked: Any) -> tuple[list[int], int]:
    """A page of numbers, and the place of the next page, or none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"after": after, "most": size + 1, **asked})
        found = [int(number) for (number,) in cursor.fetchall()]
    return found[:size], found[size - 1] if len(found) > size else 0
