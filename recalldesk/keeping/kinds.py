"""The kinds of personal data that are kept, and how long each is where nobody says otherwise.

Guarantee: nobody can keep one for a shorter or longer time than `least` and `most`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices

YEAR = 365
FIVE_YEARS = 5 * YEAR
"""A day or two less than five years."""


class Kind(TextChoices):
    """What is kept, as the register of personal data (sealing/register.py) names it."""

    OWNER = "owner", "Owners: names, contacts, addresses, serials, notes"
    PAYEE = "payee", "Where owners' money goes"
    PHOTOS = "photos", "Photos of claims"
    MESSAGES = "messages", "Messages between owners and the desk"
    DRAFTS = "drafts", "Claims that were begun and not sent"
    CONTACTS = "contacts", "Notes of calls and letters that came to no claim"
    INCIDENTS = "incidents", "What incidents tell of people"
    PURCHASERS = "purchasers", "Purchasers, their contact points and their orders"
    NOTICES = "notices", "To whom notices went, and what was said on the phone"
    WISHES = "wishes", "Who asked to be told when a recall grows"
    ORDER_FILES = "order_files", "Order files"
    REJECTED_LINES = "rejected_lines", "Lines of files that were not taken"
    REMEDY_FILES = "remedy_files", "Files for warehouses and banks"
    GIFT_CODES = "gift_codes", "Gift codes of owners who were erased"
    PARTNERS = "partners", "Contact persons of partners that ended"
    SELLERS = "sellers", "Listings on auction sites"


OF_A_FILING = frozenset({Kind.OWNER, Kind.PAYEE, Kind.PHOTOS, Kind.MESSAGES})
"""A filing is erased whole, or not at all: a hold on one of these keeps it."""


@dataclass(frozen=True)
class Bounds:
    """How long a kind is kept, in days. `from_when`: when its clock starts; `why`: where the bounds
    come from."""

    kind: Kind
    days: int
    least: int
    most: int
    from_when: str
    why: str


COMPLAINTS = (
    "GPSR (Regulation (EU) 2023/988), register of complaints: no more than needed, five years at "
    "the most"
)
CLAIMS = "a claim can be disputed for some years after it ended; no longer than complaints"
SENT_BACK = "long enough to have a file mended and sent again"
_END = "the end of its last claim: settled, declined, withdrawn or claimed before"
_FIXED = (
    Bounds(Kind.OWNER, 3 * YEAR, 180, FIVE_YEARS, _END, CLAIMS),
    Bounds(Kind.PAYEE, YEAR, 90, FIVE_YEARS, _END, "a payment can come back for some weeks"),
    Bounds(Kind.PHOTOS, 2 * YEAR, 90, FIVE_YEARS, _END, CLAIMS),
    Bounds(Kind.MESSAGES, 3 * YEAR, 180, FIVE_YEARS, _END, CLAIMS),
    Bounds(Kind.CONTACTS, 180, 30, FIVE_YEARS, "the call or letter", COMPLAINTS),
    Bounds(Kind.INCIDENTS, FIVE_YEARS, YEAR, FIVE_YEARS, "when it was obtained", COMPLAINTS),
    Bounds(
        Kind.PURCHASERS,
        2 * YEAR,
        120,
        FIVE_YEARS,
        "the close of the recall or the last notice to them, whichever is later; never while the "
        "recall is open",
        "notices stay up 120 days at least (CPSC); contact data given for safety is kept no longer "
        "than that needs",
    ),
    Bounds(
        Kind.NOTICES,
        2 * YEAR,
        120,
        FIVE_YEARS,
        "the close of the recall or the end of the notice, whichever is later",
        "who was told is proved to authorities while the recall runs",
    ),
    Bounds(
        Kind.WISHES,
        2 * YEAR,
        120,
        FIVE_YEARS,
        "the close of the recall or the wish, whichever is later",
        "as purchasers",
    ),
    Bounds(Kind.REJECTED_LINES, 90, 7, YEAR, "when the file came in", SENT_BACK),
    Bounds(Kind.PARTNERS, 180, 30, FIVE_YEARS, "when the partner ended", "stock may come back"),
    Bounds(Kind.SELLERS, FIVE_YEARS, YEAR, FIVE_YEARS, "when it was entered", COMPLAINTS),
)


def years_in_words(days: int) -> str:
    """So many days, as years where they are whole ones."""
    count, one = (days // YEAR, "year") if days and days % YEAR == 0 else (days, "day")
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def days_in_words(days: int) -> str:
    """The same; of years it says how many days they are."""
    words = years_in_words(days)
    return f"{words} ({days:,} days)" if "year" in words else words


def bounds() -> Mapping[Kind, Bounds]:
    """Of each kind that has a term, in the order of the kinds. Drafts are kept for the 30 days that
    their owners are told of; files for warehouses and banks, and gift codes, go when nobody needs
    them (docs/keeping.md)."""
    days = settings.ORDER_FILES_KEPT.days
    files = Bounds(
        Kind.ORDER_FILES,
        days,
        min(days, 7),
        max(days, FIVE_YEARS),
        "when the file came in",
        "RECALLDESK_ORDER_FILES_KEPT_DAYS where no term is set; a recall that grows matches kept "
        "files anew",
    )
    known = {each.kind: each for each in (*_FIXED, files)}
    return {kind: known[kind] for kind in Kind if kind in known}
