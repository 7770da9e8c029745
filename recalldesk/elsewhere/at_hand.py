"""Which other recalls a model may be in, from this process's memory, for whoever shows an answer.

Guarantees: no answer waits for it, and none depends on it: while nothing is known, nothing is said;
a recall of the firm's own that is answered here is never among them; three at most, the newest.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import structlog

from recalldesk.claims.brands import site_of
from recalldesk.elsewhere.models import FeedFile, OutsideModel, OutsideRecall
from recalldesk.elsewhere.numbers import key_of
from recalldesk.elsewhere.ours import OwnRecall, is_ours, own_recall
from recalldesk.elsewhere.reads import NEWEST_FIRST
from recalldesk.elsewhere.states import Found
from recalldesk.foundation import clock
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, live_recalls

log = structlog.get_logger()
MOST_SHOWN = 3
ASK_EVERY = 5.0
"""Seconds between two looks at whether a feed was read since, by whoever keeps it at hand."""
ASK_AT_LAST = 30.0
"""The same for a request, where nobody keeps it."""


class Other(NamedTuple):
    """A recall that may be of the same model, with the number as it stands there."""

    model: str
    title: str
    firm: str
    date: date
    agency: str
    number: str
    url: str


Others = tuple[Other, ...]


@dataclass(frozen=True)
class _Table:
    by_key: dict[str, Others] = field(default_factory=dict)
    by_recall: dict[str, Others] = field(default_factory=dict)


class _Keeper:
    """Reads the table anew where a feed was read, or a recall published."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._of: tuple[object, ...] | None = None
        self.table = _Table()

    def current(self, every: float) -> _Table:
        """The table; who finds somebody else looking goes on with what is known."""
        at, asked = clock.seconds(), self._asked_at
        if (asked is None or not 0 <= at - asked < every) and self._lock.acquire(blocking=False):
            try:
                self._asked_at = at
                self._look()
            except DATABASE_AWAY as error:
                log.warning("others_not_at_hand", error=type(error).__name__)
            except Exception as error:  # whatever it is, the answer itself needs nothing of it
                log.exception("others_not_at_hand", error=type(error).__name__)
            finally:
                self._lock.release()
        return self.table

    def _look(self) -> None:
        newest = FeedFile.objects.order_by("-pk").values_list("pk", flat=True).first()
        live = live_recalls() if newest is not None else []
        of = (newest, tuple(each.version_id for each in live))
        if of != self._of:
            self.table = _read(live) if newest is not None else _Table()
            self._of = of


_keeper = _Keeper()


def others_at_hand(models: Sequence[str], recalls: Iterable[str] = ()) -> Others:
    """The other recalls that these models may be in; where none is given, those of the products of
    these recalls."""
    table = _keeper.current(ASK_AT_LAST)
    if not table.by_key:
        return ()
    if models:
        found = [table.by_key.get(_key(model), ()) for model in models]
    else:
        found = [table.by_recall.get(slug, ()) for slug in recalls]
    return found[0] if len(found) == 1 else _newest(found)


def keep_at_hand() -> None:
    """Looks whether there is something new, so that no request has to."""
    _keeper.current(ASK_EVERY)


def forget() -> None:
    """Drops what this process holds, as a new process would start."""
    global _keeper  # noqa: PLW0603 - one table a process is the point of this module
    _keeper = _Keeper()


_key = lru_cache(maxsize=4_096)(key_of)
"""Most owners have one of a few models."""


def _newest(found: Sequence[Others]) -> Others:
    some = [others for others in found if others]
    if len(some) < 2:
        return some[0] if some else ()
    once = {(each.agency, each.number or each.url): each for others in some for each in others}
    return tuple(sorted(once.values(), key=lambda each: each.date, reverse=True)[:MOST_SHOWN])


def _read(live: Sequence[LiveRecall]) -> _Table:
    own = [_own(each) for each in live]
    by_key = _by_key(own)
    by_recall: dict[str, Others] = {}
    for each in live:
        products = each.document.products
        for product in products:
            others = by_key.get(key_of(product.model), ())
            for name in product.names if others else ():
                by_key.setdefault(key_of(name), others)
        by_recall[each.slug] = _newest([by_key.get(key_of(p.model), ()) for p in products])
    return _Table(by_key, by_recall)


def _own(live: LiveRecall) -> OwnRecall:
    return own_recall(
        live.slug,
        live.document,
        published=live.published_at.date(),
        sites=[site_of(brand) for brand in live.document.brands],
    )


def _by_key(own: Sequence[OwnRecall]) -> dict[str, Others]:
    """The newest recalls of each number; one that came in two forms stands once."""
    rows = (
        OutsideModel.objects.exclude(found=Found.UPC)
        .order_by(*NEWEST_FIRST)
        .values_list("key", "written", "recall_id")
        .iterator()
    )
    recalls = _recalls(own)
    found: dict[str, dict[tuple[str, str], Other]] = {}
    for key, written, recall_id in rows:
        recall = recalls.get(recall_id)
        of_key = found.setdefault(key, {})
        if recall is not None and len(of_key) < MOST_SHOWN:
            name = (recall.agency, recall.number or recall.url)
            of_key.setdefault(name, recall._replace(model=written))
    return {key: tuple(others.values()) for key, others in found.items() if others}


def _recalls(own: Sequence[OwnRecall]) -> dict[int, Other]:
    """Each recall of others, by its row; the number is put in later."""
    fields = ("id", "title", "firms", "date", "agency", "number", "url")
    recalls = {}
    rows = OutsideRecall.objects.values_list(*fields).iterator()
    for pk, title, firms, day, agency, number, url in rows:
        if not is_ours(number=number, url=url, firms=firms, day=day, own=own):
            firm = firms.partition("\n")[0]
            recalls[pk] = Other("", title, firm, day, agency, number, url)
    return recalls
