"""The picture of reach. Pure.

Guarantee: it shows the outcomes of the table beside it and no other number; the line stands at the
share that the figures name.
"""

from dataclasses import dataclass

from recalldesk.outreach.reach.figures import ALERT, Reach, ReachFigures
from recalldesk.outreach.reach.outcomes import Outcome
from recalldesk.purchasers.reads.figures import share_in_words
from recalldesk.reports.charts.descriptions import (
    EMPTY,
    HOLLOW,
    PALE,
    STRONG,
    Bars,
    Spec,
    shares,
)

ALL = "All"
WIDTH, NAMES = 440, 84
"""So narrow that the line of a "Recall Alert" is seen on a phone, too."""
PARTS: tuple[tuple[str, tuple[Outcome, ...]], ...] = (
    ("Told directly", (Outcome.TOLD,)),
    ("Told by the shop", (Outcome.BY_SHOP,)),
    ("On its way, or not told yet", (Outcome.ON_ITS_WAY, Outcome.NOT_TOLD)),
    ("Came back, or no contact known", (Outcome.CAME_BACK, Outcome.NO_CONTACT)),
)
FILLS = (STRONG, HOLLOW, EMPTY, PALE)


@dataclass(frozen=True)
class Key:
    """What a part of the picture is called, and how it looks."""

    name: str
    fill: str
    edge: str
    is_line: bool = False


@dataclass(frozen=True)
class ReachPicture:
    """`says`: the numbers that matter in a sentence, for whoever does not see it."""

    spec: Spec
    parts: tuple[Key, ...]
    says: str


def picture_of_reach(found: Reach) -> ReachPicture | None:
    """The picture; None where no unit was found."""
    if not found.whole.units:
        return None
    named = [(str(each.label), figures) for each, figures in found.channels.items()]
    if len(named) > 1:
        named.append((ALL, found.whole))
    bars = tuple((name, _numbers(figures)) for name, figures in named if figures.units)
    chart = Bars(tuple(name for name, _ in PARTS), bars, FILLS)
    keys = (
        *(Key(name, *fill) for (name, _), fill in zip(PARTS, FILLS, strict=True)),
        Key(f"{ALERT:.0%}: the line of a “Recall Alert”", "", "", is_line=True),
    )
    told = ", ".join(
        f"{name} {share_in_words(figures.share)}"
        for name, figures in named
        if figures.share is not None
    )
    says = f"Units of which somebody was told: {told}. The numbers are in the table below."
    return ReachPicture(shares(chart, line=ALERT, width=WIDTH, names_take=NAMES), keys, says)


def _numbers(figures: ReachFigures) -> tuple[int, ...]:
    return tuple(sum(getattr(figures, each.value) for each in outcomes) for _, outcomes in PARTS)
