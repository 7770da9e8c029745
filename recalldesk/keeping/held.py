"""Whether a hold keeps something: asked by whoever erases, in the transaction of the erasure.

Guarantee: where it cannot be known whether a hold names a row, since the row says no recall or no
country, the hold keeps it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model, Q, QuerySet

from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.states import Reached, Thing
from recalldesk.keeping.things import ids_reached

ALL, NONE = Q(pk__isnull=False), Q(pk__in=[])


def holds_in_force(kinds: Collection[Kind] = ()) -> QuerySet[LegalHold]:
    """The holds that are not lifted; with kinds, those that name one of them."""
    rows = LegalHold.objects.filter(lifted_at__isnull=True).order_by("pk")
    return rows.filter(Q(kind="") | Q(kind__in=list(kinds))) if kinds else rows


def held_rows(
    kinds: Collection[Kind],
    *,
    recall: str = "",
    country: str = "",
    of: Reached | None = None,
    pk: str = "pk",
    among: Collection[LegalHold] | None = None,
) -> Q:
    """The rows of a query that a hold keeps. `recall`, `country`: columns, empty where the rows
    have none; `of` with `pk`: what the rows are, and the column that holds the number of that;
    `among`: the holds in force that are asked about, where the caller has them; else all."""
    things: dict[Thing, list[int]] = {}
    found = NONE
    for hold in holds_in_force(kinds) if among is None else among:
        if hold.kind and hold.kind not in kinds:
            continue
        if hold.thing:
            things.setdefault(Thing(hold.thing), []).append(hold.thing_id or 0)
        else:
            found |= _of_all(hold, recall, country)
    if of is not None and things:
        found |= Q(**{f"{pk}__in": list(ids_reached(of, things))})
    return found


def is_held(rows: QuerySet[Any], held: Q) -> bool:
    """Whether a hold keeps any of these rows."""
    return rows.filter(held).exists()


def holds_on(
    row: Model,
    kinds: Collection[Kind],
    *,
    recall: str = "recall_id",
    country: str = "",
    of: Reached | None = None,
) -> bool:
    """Whether a hold keeps this one row."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    return is_held(rows, held_rows(kinds, recall=recall, country=country, of=of))


def things_held() -> Mapping[Thing, Collection[int]]:
    """The numbers of all things that a hold names one by one."""
    found: dict[Thing, list[int]] = {}
    for thing, number in holds_in_force().exclude(thing="").values_list("thing", "thing_id"):
        found.setdefault(Thing(thing), []).append(number or 0)
    return found


def _of_all(hold: LegalHold, recall: str, country: str) -> Q:
    named = ALL
    if hold.recall_id is not None:
        if not recall:
            return NONE
        named &= Q(**{recall: hold.recall_id}) | Q(**{f"{recall}__isnull": True})
    if hold.country and country:
        named &= Q(**{country: hold.country}) | Q(**{country: ""})
    return named
