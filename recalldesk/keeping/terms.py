"""How long what is kept now: what was set, for whom it counts, and the moment before which a thing
is old enough.

Guarantees: what is set for a recall and a country counts before what is set for the recall, that
before what is set for the country, and that before what is set for all; of two, the newer. What
keeps something shorter counts only two weeks after it was set: till then the longest counts that
did within them, so that nobody alone erases before the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from django.db.models import Case, DateTimeField, Q, Value, When

from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import KeepingTerm

SHORTER_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Scope:
    """For whom a term is: a recall or every one (None), a country or every one ("")."""

    recall_id: int | None = None
    country: str = ""

    @property
    def rank(self) -> tuple[bool, bool]:
        """The narrower counts first."""
        return (self.recall_id is None, not self.country)

    @property
    def wider(self) -> tuple["Scope", ...]:
        """Those whose terms count for it, the narrowest first."""
        ways = product(dict.fromkeys((self.recall_id, None)), dict.fromkeys((self.country, "")))
        return tuple(Scope(recall_id, country) for recall_id, country in ways)


def terms_set(kind: Kind, now: datetime) -> dict[Scope, int]:
    """The days that count for each scope at a moment, the narrowest first."""
    rows = list(KeepingTerm.objects.filter(kind=kind, at__lte=now).order_by("pk"))
    lately = [row.at for row in rows if row.at > now - SHORTER_AFTER]
    scopes = set(_at(rows, now))
    if lately:
        scopes = {Scope(row.recall_id, row.country) for row in rows}
        # One that is set neither for its recall nor for its country alone may have had the other's.
        recalls, countries = {each.recall_id for each in scopes}, {each.country for each in scopes}
        scopes |= {Scope(*each) for each in product(recalls, countries)}
    then = [_at(rows, moment) for moment in (now - SHORTER_AFTER, *lately)]
    usual = bounds()[kind].days
    return {
        scope: max(_of(scope, each, usual) for each in then)
        for scope in sorted(scopes, key=lambda each: each.rank)
    }


def _at(rows: Iterable[KeepingTerm], moment: datetime) -> dict[Scope, int]:
    newest = {Scope(row.recall_id, row.country): row.days for row in rows if row.at <= moment}
    return {scope: days for scope, days in newest.items() if days is not None}


def _of(scope: Scope, known: dict[Scope, int], usual: int) -> int:
    return next((known[each] for each in scope.wider if each in known), usual)


def days_kept(kind: Kind, *, recall_id: int | None = None, country: str = "") -> int:
    """How long a kind is kept now for a recall and a country."""
    known = terms_set(kind, clock.now())
    return _of(Scope(recall_id, country), known, bounds()[kind].days)


def counts_from(term: KeepingTerm) -> datetime | None:
    """The moment from which a term counts that keeps something shorter; None where it does now."""
    if term.days is None or term.at <= clock.now() - SHORTER_AFTER:
        return None
    kept = days_kept(Kind(term.kind), recall_id=term.recall_id, country=term.country)
    return term.at + SHORTER_AFTER if kept > term.days else None


def old_before(kind: Kind, now: datetime, *, recall: str = "", country: str = "") -> Case:
    """The moment before which a row is old enough, for a query: `recall` and `country` are its
    columns; empty where it has none, and then only what is set for all counts."""
    chosen = []
    for scope, days in terms_set(kind, now).items():
        if (scope.recall_id and not recall) or (scope.country and not country):
            continue
        asked: dict[str, int | str] = {recall: scope.recall_id} if scope.recall_id else {}
        asked |= {country: scope.country} if scope.country else {}
        condition = Q(**asked) if asked else Q(pk__isnull=False)
        chosen.append(When(condition, then=Value(now - timedelta(days=days))))
    usual = Value(now - timedelta(days=bounds()[kind].days))
    return Case(*chosen, default=usual, output_field=DateTimeField())
