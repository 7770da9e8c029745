"""What an address of the figures of incidents asks for: which recall, which days, by which day.

Guarantee: what is no recall or no day of ours is said, and what is shown instead stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from recalldesk.console.recall_named import looked_at_last, stay_on
from recalldesk.incidents.tally.reads import DayOf, Days, recall_of_newest_report
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall, live_recalls


@dataclass(frozen=True)
class IncidentsAsked:
    """`recall` is None where there is none at all. `said`: what was put right of the address."""

    recall: Recall | None
    recalls: tuple[Recall, ...]
    days: Days
    said: tuple[str, ...]

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        named = {"recall": self.recall.slug} if self.recall else {}
        named |= {"from": str(self.days.first)} if self.days.first else {}
        named |= {"to": str(self.days.last)} if self.days.last else {}
        if self.days.first or self.days.last:
            named |= {"by": self.days.by.value}
        return urlencode(named)


def incidents_asked(request: HttpRequest, query: Mapping[str, str]) -> IncidentsAsked:
    """What a query asks for; where it names no recall, the one looked at last, that of the report
    that came last, and while there is none the recall published last."""
    said: list[str] = []
    recalls = tuple(every_recall())
    named = query.get("recall", "").strip()
    by_slug = {each.slug: each for each in recalls}
    recall = by_slug.get(named)
    if recall is not None:
        stay_on(request, recall.slug)
    else:
        recall = by_slug.get(looked_at_last(request)) or _usual(recalls)
        if named and recall is not None:
            said.append(f"“{named[:40]}” is no recall that we know: this is {recall.slug}.")
    first, last = (_day(query.get(name, ""), said) for name in ("from", "to"))
    if first and last and first > last:
        first, last = last, first
        said.append("The last day came before the first: they are taken the other way round.")
    by = query.get("by", "")
    days = Days(first, last, DayOf(by) if by in set(DayOf) else DayOf.OBTAINED)
    return IncidentsAsked(recall, recalls, days, tuple(said))


def _usual(recalls: tuple[Recall, ...]) -> Recall | None:
    newest = recall_of_newest_report() or next((each.recall_id for each in live_recalls()), None)
    return next((each for each in recalls if each.pk == newest), None) or next(iter(recalls), None)


def _day(text: str, said: list[str]) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2999:
        said.append(f"“{text.strip()[:20]}” is no day that we know. Write it as 2026-11-26.")
        return None
    return day
