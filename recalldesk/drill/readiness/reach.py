"""How many of the recalled units' owners could be told directly, by what came in so far."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Sum

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, good, look, point
from recalldesk.purchasers.models import ContactPoint, Purchase
from recalldesk.purchasers.reads.figures import FINDS_A_PERSON, share_in_words
from recalldesk.purchasers.states import ContactKind

WELL = 0.5
"""From this share on direct notices alone reach most owners."""


def reach(about: About) -> Point:
    """The share of units whose buyer has a way to be told."""
    return point(
        "Reach",
        _lines(about),
        "Ask every shop for its order file, and bring it in (`recalldesk purchasers import`); "
        "where one gives none, have it tell its customers itself.",
    )


def _lines(about: About) -> Iterator[Line]:
    if about.recall is None:
        yield look("The recall is not in this installation: nobody is known who bought a unit.")
        return
    rows = Purchase.objects.filter(recall=about.recall, unmatched_at=None)
    found = _units(rows)
    told = {kind: _units(rows.filter(_has(kind))) for kind in FINDS_A_PERSON}
    any_way = _units(rows.filter(_has(*FINDS_A_PERSON)))
    recalled = about.launch.units
    share = any_way / recalled
    if not found:
        yield look(
            f"Nobody is known who bought one of the {recalled:,} recalled units: no order file "
            "came in."
        )
        yield look(
            "Of closed recalls in which owners were told directly half of the units were "
            "corrected; where only the press told, 6 in 100."
        )
        return
    words = (
        f"{share_in_words(share)} of {recalled:,} recalled units have a buyer who can be told "
        f"directly: {any_way:,}, of {found:,} found in order files."
    )
    yield good(words) if share >= WELL else look(words)
    ways = ", ".join(f"{kind.label.lower()} {count:,}" for kind, count in told.items())
    yield good(f"By {ways}.")


def _has(*kinds: ContactKind) -> Exists:
    points = ContactPoint.objects.filter(purchaser=OuterRef("purchaser"), kind__in=kinds)
    return Exists(points)


def _units(rows: object) -> int:
    found = rows.aggregate(units=Sum("units"))  # type: ignore[attr-defined]
    return int(found["units"] or 0)
