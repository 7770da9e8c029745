"""The items of a Full Report, 16 CFR 1115.13(d), and a draft of one. Pure.

The words of the items are short ones of ours: what is filed is held against the rule itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.incidents.tally.figures import Figure

RULE = "16 CFR 1115.13(d)"
ASKS: Mapping[int, tuple[str, str]] = {
    1: (
        "The product",
        "Identify and describe it: names, models, prices, serial numbers, date codes, and other "
        "marks that tell the units meant.",
    ),
    2: (
        "Manufacturer or importer",
        "Name and address of whoever made the product or brought it in.",
    ),
    3: (
        "The defect, failure to comply, or risk",
        "Its nature and extent, with a technical description, drawings and tests.",
    ),
    4: ("Injury or risk of injury", "The nature and extent of harm that happened or may happen."),
    5: ("Who informs the Commission", "Name and address of the person."),
    6: (
        "How and when it became known",
        "In what way, and on which days, the information was obtained; copies or summaries of "
        "complaints and other information.",
    ),
    7: ("How many", "The total number of products and units involved."),
    8: ("When", "The dates on which units were made, imported, distributed and sold."),
    9: (
        "Where they are",
        "How many units the manufacturer or importer, private labelers, distributors, retailers "
        "and consumers have.",
    ),
    10: (
        "Changes to the product",
        "What was or will be changed to correct it and to prevent the like, with a timetable.",
    ),
    11: (
        "What purchasers are told",
        "What was or will be said to purchasers and consumers, how, with copies or drafts.",
    ),
    12: (
        "Refund, replacement or repair",
        "Details and schedule of what is planned, and what becomes of returned units.",
    ),
    13: (
        "The way to the consumer",
        "How the product is marketed and distributed, from its maker to the consumer.",
    ),
    14: (
        "Names, where asked for",
        "On request: names and addresses of distributors, retailers and purchasers.",
    ),
}
"""Each item by its number: its title, and what it asks for."""


@dataclass(frozen=True)
class Known:
    """Something that fills an item. `source`: from where it is known; `figure`: whose rows stand
    behind it, where it is one."""

    text: str
    source: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Item:
    """One item of the report. `missing`: what is not known here, and what to do about it."""

    number: int
    known: tuple[Known, ...]
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return ASKS[self.number][0]

    @property
    def asks(self) -> str:
        """What it asks for."""
        return ASKS[self.number][1]


@dataclass(frozen=True, repr=False)
class Account:
    """What people told of one incident, and who was hurt: health data. `same_as`: the incident that
    is counted for it, where this tells of the same event."""

    number: int
    told: str
    hurt: tuple[str, ...]
    same_as: int | None = None


@dataclass(frozen=True)
class ReportRow:
    """A report that counts, without what people told. `known_since`: since when the firm knows of
    the event, by the first report of it."""

    number: int
    happened: str
    happened_on: str
    known_since: datetime
    told_on: date | None
    told_by: str
    reported: str


@dataclass(frozen=True, repr=False)
class Draft:
    """The whole of it. `made_up`: fields of the recall file that say so of themselves; `accounts`
    only where whoever made it may see health data and asked for them."""

    recall: str
    case_number: str
    version: str
    made_by: str
    made_at: datetime
    items: tuple[Item, ...]
    reports: tuple[ReportRow, ...]
    made_up: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def missing_count(self) -> int:
        """How many things are missing."""
        return sum(len(item.missing) for item in self.items)
