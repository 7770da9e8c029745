"""What the page of reach shows, from its figures. Nothing here asks the database.

Guarantee: a number leads to its rows; a picture that could not be drawn is left out, and its table
stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.utils.safestring import SafeString, mark_safe

from recalldesk.console.purchaser_figures_shown import ALL, Cell, Line
from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.purchasers_asked import address
from recalldesk.outreach.reach.figures import ALERT, Reach, ReachFigures, weak_in_words
from recalldesk.purchasers.reads.figures import share_in_words
from recalldesk.reports.charts.drawing import NotDrawn, drawer
from recalldesk.reports.reach.picture import Key, picture_of_reach

log = structlog.get_logger()
RowsAt = Callable[[str, str], str]
"""The address of the rows behind a figure of a channel; of all where it is empty."""
FIGURES: tuple[tuple[str, str, str, bool], ...] = (
    (
        "units",
        "Units sold",
        "Units of purchases with a strong match that the live version covers, less those that the "
        "shop saw back. Each counts in the first of the seven lines below that is true of it.",
        False,
    ),
    (
        "told",
        "Told directly",
        "A notice that names the purchase was sent and did not come back: a mail or text message "
        "that the next server took, a letter that was posted, a call in which somebody was told "
        "or a message was left. Whether it was read, nobody knows.",
        True,
    ),
    (
        "by_shop",
        "Told by the shop",
        "The shop says of this very order that it told the buyer.",
        True,
    ),
    ("on_its_way", "On its way", "A notice waits to be sent, or lies in a print file.", True),
    ("came_back", "Came back", "Every notice sent so far came back or was refused.", True),
    ("not_told", "Not told yet", "A contact is known, and no notice names the purchase.", True),
    ("no_contact", "No contact known", "No file says how the buyer can be reached.", True),
    ("by_email", "by e-mail", "Told by a mail. Who was told in two ways counts in both.", True),
    ("by_sms", "by text message", "Told directly by a text message.", True),
    ("by_letter", "by letter", "Told directly by a letter.", True),
    ("by_phone", "by phone", "Told directly by a call.", True),
    (
        "weak_units",
        "Units, perhaps",
        "Units of purchases with a weak match. They are in no share: nobody knows that they are "
        "affected.",
        False,
    ),
    ("weak_told", "told of them", "Of these, told directly or by the shop.", True),
)
"""Each figure: its name in addresses, its title, what it counts, whether it is a part."""
REACH = (
    "Reach",
    "Told directly and told by the shop, of the units sold.",
)
BY_NAME = {name: (title[:1].upper() + title[1:], says) for name, title, says, _ in FIGURES}
DEFINITIONS = [REACH, *BY_NAME.values()]


@dataclass(frozen=True)
class Drawn:
    """The picture, and which part is which."""

    svg: SafeString
    parts: tuple[Key, ...]


def rows_of_the_desk(recall: str) -> RowsAt:
    """Those of the desk itself."""
    return lambda figure, channel: address("reach_rows", figure, recall=recall, channel=channel)


def heads_of(found: Reach) -> list[str]:
    """The columns: each channel with a unit, then all."""
    names = [CHANNELS[each] for each in found.channels]
    return [*(name[:1].upper() + name[1:] if " " in name else name for name in names), ALL]


def shares_of(found: Reach) -> list[str]:
    """Reach of each column."""
    columns = [*found.channels.values(), found.whole]
    return ["—" if each.share is None else share_in_words(each.share) for each in columns]


def table_of(found: Reach, rows_at: RowsAt) -> list[Line]:
    """Every figure of every channel."""
    columns = [*((each.value, figures) for each, figures in found.channels.items())]
    columns.append(("", found.whole))
    return [
        Line(
            title,
            tuple(_cell(name, title, channel, figures, rows_at) for channel, figures in columns),
            is_part,
        )
        for name, title, _, is_part in FIGURES
    ]


def said_of(found: Reach) -> list[str]:
    """What the figures come to, in sentences."""
    if found.whole.share is None:
        return ["No affected unit was found in an order file yet: there is nobody to be told."]
    side = "That is at or above" if found.whole.share >= ALERT else "That is below"
    said = [
        f"Somebody was told of {found.whole.reached:,} of {found.whole.units:,} units sold: "
        f"{share_in_words(found.whole.share)} of those that order files name. "
        f"{side} the {ALERT:.0%} that a “Recall Alert” wants."
    ]
    if found.share_of_recalled is not None:
        said.append(
            f"Of the {found.recalled:,} units that the recall says, these are "
            f"{share_in_words(found.share_of_recalled)}. What was sold by shops whose files did "
            "not come is in no line here."
        )
    if weak := weak_in_words(found.whole):
        said.append(weak)
    said += [
        f"{each.shop} says in numbers alone: {each.told:,} told, {each.failed:,} not, of "
        f"{each.orders:,} orders. No row stands behind it, so it is in no figure."
        for each in found.shops
    ]
    return said


def drawn(found: Reach) -> Drawn | None:
    """The picture; None where there is nothing to see, or it could not be drawn."""
    picture = picture_of_reach(found)
    if picture is None:
        return None
    try:
        svg = drawer().draw(picture.spec, name="reach", title="Reach by channel", says=picture.says)
    except NotDrawn as problem:
        log.error("chart_not_drawn", chart="reach", problem=str(problem))
        return None
    # reports/charts/cleaning.py lets shapes and texts through.
    return Drawn(mark_safe(svg), picture.parts)  # noqa: S308


def _cell(name: str, title: str, channel: str, figures: ReachFigures, rows_at: RowsAt) -> Cell:
    number = int(getattr(figures, name))
    url = rows_at(name, channel) if number else ""
    return Cell(f"{number:,}", url, f"{title}, {channel or 'all channels'}")
