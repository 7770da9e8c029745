"""What the page of figures by channel shows, from the figures. Nothing here asks the database."""

from dataclasses import dataclass

from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.purchasers_asked import address, shop_in_address
from recalldesk.purchasers.reads.figures import ChannelFigures, Figures, share_in_words
from recalldesk.purchasers.reads.shops import ShopFigures
from recalldesk.purchasers.states import Channel

FIGURES: tuple[tuple[str, str, str, bool], ...] = (
    (
        "units_strong",
        "Units, strong",
        "Units of purchases that are known by the product’s own number or a listed serial, ordered "
        "in the time and country of sale, as the file that says most says; units back are counted "
        "apart.",
        False,
    ),
    (
        "units_weak",
        "Units, weak",
        "The same, where something is less sure: only the title, a day near the time of sale, a "
        "day or country that the file does not say.",
        False,
    ),
    (
        "units_back",
        "Units back",
        "Units that the shop saw back. A refund alone brings no unit back.",
        False,
    ),
    ("purchases", "Purchases", "Products of orders, each once, however many files name it.", False),
    ("nameless", "nobody named", "Purchases of which no file names the buyer.", True),
    (
        "purchasers",
        "Purchasers",
        "Buyers as the files name them: each way of naming is one. Who bought in two channels "
        "counts in each, and once in all.",
        False,
    ),
    ("with_email", "with an e-mail address", "Purchasers with an address of their own.", True),
    ("with_alias", "with a shop’s alias", "An address of the shop, which passes mail on.", True),
    ("with_phone", "with a phone number", "Purchasers with a phone number.", True),
    ("with_address", "with a postal address", "Purchasers with a postal address.", True),
    (
        "alias_only",
        "with an alias only",
        "Purchasers who can be reached by the shop’s alias, and by nothing else.",
        True,
    ),
    ("no_contact", "with no contact", "Purchasers whom no file says how to reach.", True),
    (
        "persons",
        "Persons",
        "Purchasers, those who are known to be one person counted once.",
        False,
    ),
    (
        "uncovered",
        "No more in the recall",
        "Purchases that matched an earlier version and not the live one. They stay, for somebody "
        "to look at, and count in no other figure.",
        False,
    ),
    (
        "taken_back",
        "Taken back",
        "Purchases that stand only in files that were taken back. They count in no other figure.",
        False,
    ),
    ("files", "Files", "Order files that came in.", False),
    ("lines", "Lines", "Lines of these files, each accounted for.", True),
    ("rejected", "Rejected lines", "Lines that were not taken, with their reasons.", True),
)
"""Each figure: its name in addresses, its title, what it counts, whether it is a part."""
BY_NAME = {name: (title.capitalize(), says) for name, title, says, _ in FIGURES}
DEFINITIONS = [(title.capitalize(), says) for _, title, says, _ in FIGURES]
ALL = "All channels"
OF_SHOPS = tuple(
    (name, BY_NAME[name][0])
    for name in (
        "units_strong",
        "units_weak",
        "units_back",
        "purchases",
        "purchasers",
        "files",
        "lines",
        "rejected",
    )
)
SHOP_HEADS = ["Shop", *(title for _, title in OF_SHOPS)]


@dataclass(frozen=True)
class Cell:
    """A number; `url` leads to its rows, and is empty where there are none."""

    shown: str
    url: str
    of: str


@dataclass(frozen=True)
class Line:
    """A row of the table. `is_part`: of the figure above it."""

    title: str
    cells: tuple[Cell, ...]
    is_part: bool


def heads_of(figures: Figures) -> list[str]:
    """The columns: each channel that brought something, then all."""
    names = [CHANNELS[each] for each in figures.channels]
    return [*(name[:1].upper() + name[1:] if " " in name else name for name in names), ALL]


def table_of(figures: Figures, recall: str) -> list[Line]:
    """Every figure of every channel."""
    columns = [*((each.value, found) for each, found in figures.channels.items())]
    columns.append(("", figures.whole))
    return [
        Line(
            title,
            tuple(_cell(name, title, channel, found, recall) for channel, found in columns),
            is_part,
        )
        for name, title, _, is_part in FIGURES
    ]


def _cell(name: str, title: str, channel: str, found: ChannelFigures, recall: str) -> Cell:
    number = int(getattr(found, name))
    url = address("purchaser_rows", name, recall=recall, channel=channel) if number else ""
    return Cell(f"{number:,}", url, f"{title}, {channel or 'all channels'}")


def shops_of(figures: tuple[ShopFigures, ...], recall: str) -> list[Line]:
    """Every shop that a mapping file names, a figure in each column; none where none is named."""
    if not any(each.shop for each in figures):
        return []
    return [
        Line(
            each.shop or "no name in the mapping file",
            tuple(_of_shop(each, name, title, recall) for name, title in OF_SHOPS),
            is_part=False,
        )
        for each in figures
    ]


def _of_shop(figures: ShopFigures, name: str, title: str, recall: str) -> Cell:
    number = int(getattr(figures, name))
    asked = {
        "recall": recall,
        "channel": Channel.GENERIC.value,
        "shop": shop_in_address(figures.shop),
    }
    url = address("purchaser_rows", name, **asked) if number else ""
    return Cell(f"{number:,}", url, f"{title}, {shop_in_address(figures.shop)}")


def share_words(figures: Figures) -> str:
    """How much of the recall was found."""
    found = figures.whole.units_strong + figures.whole.units_weak
    if figures.share is None or figures.recalled is None:
        return f"{found:,} units were found. The recall’s file does not say how many it is about."
    return (
        f"{found:,} units were found, strong and weak: {share_in_words(figures.share)} of the "
        f"{figures.recalled:,} that the recall says. What was sold by shops whose files did not "
        "come stands in none of them."
    )
