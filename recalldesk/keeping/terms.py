"""How long what is kept now: what was set, for whom it counts, and the moment before which a thing
is old enough.

Guarantee: what is set for a recall and a country counts before what is set for the recall, that
before what is set for the country, and that before what is set for all; of two, the newer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, Q, Value, When

from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import KeepingTerm


@dataclass(frozen=True)
class Scope:
    """For whom a term is: a recall or every one (None), a country or every one ("")."""

    recall_id: int | None = None
    country: str = ""

    @property
    def rank(self) -> tuple[bool, bool]:
        """The narrower counts first."""
        return (self.recall_id is None, not self.country)


def terms_set(kind: Kind) -> dict[Scope, int]:
    """The days that are set for each scope, the narrowest first; without those taken back."""
    newest: dict[Scope, int | None] = {}
    for row in KeepingTerm.objects.filter(kind=kind).order_by("pk"):
        newest[Scope(row.recall_id, row.country)] = row.days
    scopes = sorted(newest, key=lambda each: each.rank)
    return {each: days for each in scopes if (days := newest[each]) is not None}


def days_kept(kind: Kind, *, recall_id: int | None = None, country: str = "") -> int:
    """How long a kind is kept for a recall and a country."""
    for scope, days in terms_set(kind).items():
        if scope.recall_id in (None, recall_id) and scope.country in ("", country):
            return days
    return bounds()[kind].days


def old_before(kind: Kind, now: datetime, *, recall: str = "", country: str = "") -> Case:
    """The moment before which a row is old enough, for a query: `recall` and `country` are its
    columns; empty where it has none, and then only what is set for all counts."""
    chosen = []
    for scope, days in terms_set(kind).items():
        if (scope.recall_id and not recall) or (scope.country and not country):
            continue
        asked: dict[str, int | str] = {recall: scope.recall_id} if scope.recall_id else {}
        asked |= {country: scope.country} if scope.country else {}
        condition = Q(**asked) if asked else Q(pk__isnull=False)
        chosen.append(When(condition, then=Value(now - timedelta(days=days))))
    usual = Value(now - timedelta(days=bounds()[kind].days))
    return Case(*chosen, default=usual, output_field=DateTimeField())
