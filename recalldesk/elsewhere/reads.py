"""The door to recalls elsewhere: the feeds that were read, what they hold, and search by model.

Guarantee: what is found is possible, never an answer: the same number may be another firm's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from recalldesk.elsewhere.models import FeedFile, OutsideModel, OutsideRecall
from recalldesk.elsewhere.numbers import LONGEST_KEY, key_of
from recalldesk.elsewhere.states import Found

OLD_AFTER = timedelta(days=30)
"""A feed that was read longer ago lacks recalls of a month."""
MOST_FOUND = 50
MOST_WORDS = 5
NEWEST_FIRST = (
    F("recall__date").desc(),
    F("recall__published").desc(nulls_last=True),
    F("recall_id").asc(),
    F("pk").asc(),
)


@dataclass(frozen=True)
class FoundModel:
    """A number, where it stood, and the recall that it stood in."""

    written: str
    found: Found
    recall: OutsideRecall


@dataclass(frozen=True)
class Feeds:
    """What was read so far, as a whole."""

    files: int
    recalls: int
    numbers: int
    newest_file: FeedFile | None

    def is_old(self, today: date) -> bool:
        """Whether the newest feed was read too long ago to know the recalls of today."""
        return self.newest_file is not None and today - self.newest_file.at.date() > OLD_AFTER


def feeds() -> Feeds:
    """The figures of all feeds."""
    return Feeds(
        files=FeedFile.objects.count(),
        recalls=OutsideRecall.objects.count(),
        numbers=OutsideModel.objects.count(),
        newest_file=FeedFile.objects.order_by("-at", "-pk").first(),
    )


def feed_files() -> QuerySet[FeedFile]:
    """The feeds, the newest first."""
    return FeedFile.objects.select_related("by").order_by("-at", "-pk")


def search(model: str, *, words: Iterable[str] = ()) -> tuple[FoundModel, ...]:
    """The recalls in which a number stands, the newest first. Each of `words` must stand in the
    title or among the firms."""
    return others_of([model], narrowed=_narrowed(words))


def others_of(models: Sequence[str], *, narrowed: Q | None = None) -> tuple[FoundModel, ...]:
    """The same of several; of a recall that came in two forms the newer."""
    keys = {key for model in models if 0 < len(key := key_of(model)) <= LONGEST_KEY}
    if not keys:
        return ()
    rows = OutsideModel.objects.filter(key__in=keys).select_related("recall")
    if narrowed is not None:
        rows = rows.filter(narrowed)
    rows = rows.order_by(*NEWEST_FIRST)
    seen: dict[str, FoundModel] = {}
    for row in rows[: MOST_FOUND * 4]:
        recall = row.recall
        name = f"{recall.agency} {recall.number or recall.url}"
        seen.setdefault(name, FoundModel(row.written, Found(row.found), recall))
    return tuple(seen.values())[:MOST_FOUND]


def _narrowed(words: Iterable[str]) -> Q:
    narrowed = Q()
    for word in list(words)[:MOST_WORDS]:
        plain = "".join(c for c in word if c.isprintable())  # the database takes no NUL
        narrowed &= Q(recall__title__icontains=plain) | Q(recall__firms__icontains=plain)
    return narrowed
