"""The matching expression: one, for every engine that Ibis speaks to.

Guarantee: of each line that has a candidate product exactly one row comes out: with its likeliest
product, how sure it is as one number (`ranks.py` reads it), and the units seen back. Nothing in it
depends on an engine: numbers, texts compared whole or searched, minima and sums.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from recalldesk.matching.matches import spill, tables
from recalldesk.matching.matches.ranks import (
    FAR,
    IN_WINDOW,
    NEAR,
    OTHER_COUNTRY,
    OUTSIDE,
    PLACE,
    STRENGTH,
    UNKNOWN_COUNTRY,
    UNKNOWN_DAY,
    UNKNOWN_WINDOW,
)
from recalldesk.matching.matches.tables import BY_NUMBER_ELSEWHERE, BY_SERIAL

if TYPE_CHECKING:
    from ibis.expr.types import IntegerValue, Table


@lru_cache(maxsize=64)
def matching_sql(products: int, dialect: str) -> str:
    """The expression for so many products over the tables lines, identifiers, windows and returns,
    in the words of an engine."""
    import ibis

    schemas = {each: spill.schema_of(each) for each in ("lines", "returns")}
    schemas |= {each: tables.schema_of(each) for each in tables.COLUMNS}
    named = {
        name: ibis.table(ibis.Schema.from_pyarrow(schema), name=name)
        for name, schema in schemas.items()
    }
    return str(ibis.to_sql(matching(**named, products=products), dialect=dialect))


def matching(
    lines: "Table", identifiers: "Table", windows: "Table", returns: "Table", products: int
) -> "Table":
    """A row for each line that may be of a product, in the order of the lines."""
    import ibis

    told = lines.mutate(
        is_never_sent=(lines.is_cancelled | (lines.units <= 0))
        & (lines.units_sent.fill_null(0) <= 0),
    )
    told = told.mutate(is_not_sent=(told.units_sent.fill_null(1) <= 0) & ~told.is_never_sent)
    likeliest = _likeliest(_ranked(told, _hits(lines, identifiers), windows), products)
    back = _came_back(lines, returns)
    matched = told.join(likeliest, "row").left_join(back, "row", rname="{name}_of_back")
    seen = ibis.greatest(
        ibis.least(matched.units_back, matched.units),
        ibis.least(
            matched.came_back.fill_null(0) - matched.units * (matched.copies - 1), matched.units
        ),
        0,
    )
    is_outside = matched.strength >= OUTSIDE
    return matched.select(
        "row",
        "score",
        "is_never_sent",
        "is_not_sent",
        "is_serial_not_listed",
        seen_back=seen,
        sealed=ibis.ifelse(is_outside, ibis.null("binary"), matched.sealed),
    ).order_by("row")


def _hits(lines: "Table", identifiers: "Table") -> "Table":
    """Which products a line may be of, and by what: the surest of each."""
    keys = lines.select("row", key=lines.keys.unnest())
    by_key = keys.join(identifiers.filter(identifiers.key != ""), "key")
    rules = identifiers.filter((identifiers.title != "") | (identifiers.within != ""))
    rules = rules.select("product", "evidence", "within", rule="title")
    texts = lines.select("row", "title", "cells")
    fits = ((rules.rule != "") & texts.title.contains(rules.rule)) | (
        (rules.within != "") & texts.cells.contains(rules.within)
    )
    by_text = texts.join(rules, fits)
    columns = ("row", "product", "evidence")
    found = by_key.select(*columns).union(by_text.select(*columns))
    return found.group_by("row", "product").agg(evidence=found.evidence.min())


def _ranked(lines: "Table", hits: "Table", windows: "Table") -> "Table":
    """How sure a line is of each product, over all its windows: less is surer."""
    import ibis

    facts = lines.select(
        "row", "ordered_on", "country", "is_never_sent", "is_not_sent", "is_serial_not_listed"
    )
    pairs = hits.join(facts, "row").join(windows, "product", rname="{name}_sold")
    place = ibis.ifelse(pairs.evidence == BY_SERIAL, 0, _place(pairs))
    pairs = pairs.mutate(place=place)
    is_outside = pairs.is_never_sent | (pairs.place >= OUTSIDE * PLACE)
    is_weak = (
        (pairs.place > 0)
        | (pairs.evidence >= BY_NUMBER_ELSEWHERE)
        | pairs.is_not_sent
        | pairs.is_serial_not_listed
    )
    strength = ibis.cases((is_outside, OUTSIDE), (is_weak, 1), else_=0)
    ranked = pairs.select(
        "row",
        "product",
        rank=strength * STRENGTH + pairs.place * 10 + pairs.evidence,
    )
    return ranked.group_by("row", "product").agg(rank=ranked["rank"].min())


def _place(pairs: "Table") -> "IntegerValue":
    """Where an order lies to a window: whether outside, its country, its day. A window of the right
    country and the wrong time is nearer than one of another country."""
    import ibis

    day = pairs.ordered_on
    days = ibis.cases(
        (pairs.is_unknown, UNKNOWN_WINDOW),
        (day.isnull(), UNKNOWN_DAY),
        ((day >= pairs.since) & (day <= pairs.until), IN_WINDOW),
        ((day >= pairs.near_since) & (day <= pairs.near_until), NEAR),
        else_=FAR,
    )
    countries = ibis.cases(
        ((pairs.country_sold == "") | (pairs.country_sold == pairs.country), 0),
        (pairs.country == "", UNKNOWN_COUNTRY),
        else_=OTHER_COUNTRY,
    )
    is_outside = (days == FAR) | (countries == OTHER_COUNTRY)
    return ibis.ifelse(is_outside, OUTSIDE * PLACE, 0) + countries * 10 + days


def _likeliest(ranked: "Table", products: int) -> "Table":
    """The surest product of a line; of those that are equally sure the first, and that there are
    several."""
    import ibis

    level = ranked.group_by("row", "rank").agg(first=ranked["product"].min(), peers=ranked.count())
    several = ibis.ifelse(level.peers > 1, products, 0)
    scored = level.select("row", score=level["rank"] * (2 * products) + several + level["first"])
    best = scored.group_by("row").agg(score=scored.score.min())
    limit = OUTSIDE * STRENGTH * 2 * products
    return best.mutate(strength=ibis.ifelse(best.score >= limit, OUTSIDE, 0))


def _came_back(lines: "Table", returns: "Table") -> "Table":
    """How many units of each line files of returns saw back: of the lines of an order that a
    return names, the first ones first, and of no line more than were bought."""
    import ibis

    backs = returns.group_by("back", "order", "item").agg(units_back=returns.units_back.sum())
    bought = lines.filter(lines.order != "").select(
        "row", "order", "item", "keys", bought=lines.units * lines.copies
    )
    line_keys = bought.select("row", "order", "item", key=bought["keys"].unnest())
    keys = returns.select("back", "order", "item", key=returns["keys"].unnest()).distinct()
    by_key = line_keys.join(keys, ["order", "key"], rname="{name}_back")
    named = (by_key.item == "") | (by_key.item_back == "") | (by_key.item == by_key.item_back)
    with_item = backs.filter(backs.item != "")
    by_item = bought.join(with_item, ["order", "item"])
    pairs = (
        by_key.filter(named)
        .select("row", "back")
        .union(by_item.select("row", "back"), distinct=True)
    )
    shared = pairs.join(backs.select("back", "units_back"), "back").join(
        bought.select("row", "bought"), "row"
    )
    before = ibis.cumulative_window(group_by="back", order_by="row")
    left = shared.units_back - (shared.bought.sum().over(before) - shared.bought)
    shares = shared.select("row", share=ibis.greatest(ibis.least(left, shared.bought), 0))
    return shares.group_by("row").agg(came_back=shares.share.sum())
