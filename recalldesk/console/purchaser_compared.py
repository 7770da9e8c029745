"""Two purchasers, or a purchaser and who filed a claim, side by side, and one purchaser's story, as
the templates are given them.

Guarantee: what agrees is marked by words and a sign, never by colour alone; of a person only what
the reads masked already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recalldesk.console.purchaser_shown import day_words, name_of, one_line, purchase_shown
from recalldesk.console.purchaser_words import CONTACTS, KINDS, channel_in_words, shares_in_words
from recalldesk.console.purchasers_asked import address
from recalldesk.matching.people.said import JoinReason
from recalldesk.purchasers.reads.purchases import PurchaseRow
from recalldesk.purchasers.reads.questions import QuestionSeen
from recalldesk.purchasers.reads.shown import ShownPurchaser
from recalldesk.purchasers.reads.story import Bought, JoinedBy, Story
from recalldesk.purchasers.states import ContactKind

AGREES, LIKE, DIFFERS, UNSAID = ("agrees", "like", "differs", "unsaid")
SIGNS = {AGREES: "=", LIKE: "≈", DIFFERS: "≠", UNSAID: "–"}
SAID_OF: dict[str, tuple[tuple[JoinReason, str], ...]] = {
    "Name": (
        (JoinReason.SAME_NAME, AGREES),
        (JoinReason.NICKNAME, LIKE),
        (JoinReason.NAME_SLIP, LIKE),
        (JoinReason.NAME_SWAPPED, LIKE),
        (JoinReason.INITIAL, LIKE),
        (JoinReason.GIVEN_NAME, LIKE),
        (JoinReason.FAMILY_NAME, LIKE),
        (JoinReason.COUPLE, LIKE),
        (JoinReason.NO_NAME, UNSAID),
        (JoinReason.OTHER_GIVEN_NAME, DIFFERS),
        (JoinReason.OTHER_GENERATION, DIFFERS),
        (JoinReason.ORGANISATION, DIFFERS),
    ),
    CONTACTS[ContactKind.EMAIL]: (
        (JoinReason.SAME_EMAIL, AGREES),
        (JoinReason.EMAIL_SLIP, LIKE),
        (JoinReason.OTHER_EMAIL, DIFFERS),
    ),
    CONTACTS[ContactKind.PHONE]: (
        (JoinReason.SAME_PHONE, AGREES),
        (JoinReason.PHONE_SLIP, LIKE),
        (JoinReason.OTHER_PHONE, DIFFERS),
    ),
    CONTACTS[ContactKind.ADDRESS]: (
        (JoinReason.SAME_FLAT, AGREES),
        (JoinReason.SAME_HOUSE, LIKE),
        (JoinReason.ADDRESS_SLIP, LIKE),
        (JoinReason.OTHER_ADDRESS, DIFFERS),
    ),
}
"""What the reasons of a question say of each line. They come from the whole values."""


@dataclass(frozen=True)
class Compared:
    """A line of the comparison."""

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    kind: str
    words: str

    @property
    def sign(self) -> str:
        """What stands before the words."""
        return SIGNS[self.kind] if self.words else ""


def compared(seen: QuestionSeen) -> list[Compared]:
    """The two, line by line."""
    first, second, reasons = seen.row.first, seen.row.second, seen.row.reasons
    named = _line("Name", _names(first), _names(second), reasons)
    lines = [_shared(named) if seen.same_name else named]
    for kind in ContactKind:
        values = _values(first, kind), _values(second, kind)
        if any(values):
            line = _line(CONTACTS[kind], *values, reasons)
            lines.append(_shared(line) if kind in seen.shared else line)
    lines.append(_plain("Country", _one(first.country), _one(second.country)))
    bought = seen.bought_by_first, seen.bought_by_second
    if seen.row.filing:
        units = f"{seen.claims} unit{'' if seen.claims == 1 else 's'} claimed"
        day = day_words(seen.filed_at.date()) if seen.filed_at else ""
        lines.append(_told("Channel", _channels(bought[0]), ("a claim",)))
        lines.append(_told("Bought", _bought(bought[0]), (f"{units}, {day}" if day else units,)))
    else:
        lines.append(_told("Channel", _channels(bought[0]), _channels(bought[1])))
        lines.append(_told("Bought", _bought(bought[0]), _bought(bought[1])))
    return [_capital(each) for each in lines]


def _capital(line: Compared) -> Compared:
    name = line.name[:1].upper() + line.name[1:]
    return Compared(name, line.first, line.second, line.kind, line.words)


def _line(
    name: str, first: tuple[str, ...], second: tuple[str, ...], reasons: Sequence[str]
) -> Compared:
    """A line whose whole values were compared: what the reasons say goes before what is shown."""
    for reason, kind in SAID_OF.get(name, ()):
        if reason.value in reasons:
            return Compared(name, first, second, kind, shares_in_words([reason.value]))
    if name == CONTACTS[ContactKind.ALIAS]:
        return Compared(name, first, second, UNSAID, "nobody is known by an alias")
    if not (first and second):
        return Compared(name, first, second, UNSAID, "said of one only")
    return Compared(name, first, second, DIFFERS, "not the same")


def _shared(line: Compared) -> Compared:
    """Of both there is the same one: no reason need say so, as in a question of the review."""
    if line.kind is not DIFFERS:
        return line
    return Compared(line.name, line.first, line.second, AGREES, "the same")


def _plain(name: str, first: tuple[str, ...], second: tuple[str, ...]) -> Compared:
    if not (first and second):
        return Compared(name, first, second, UNSAID, "said of one only" if first or second else "")
    if set(first) == set(second):
        return Compared(name, first, second, AGREES, "the same")
    return Compared(name, first, second, DIFFERS, "not the same")


def _told(name: str, first: tuple[str, ...], second: tuple[str, ...]) -> Compared:
    """A line that speaks neither for one person nor for two."""
    return Compared(name, first, second, UNSAID, "")


def _names(buyer: ShownPurchaser) -> tuple[str, ...]:
    return _one(buyer.name)


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _values(buyer: ShownPurchaser, kind: ContactKind) -> tuple[str, ...]:
    return tuple(each.value or "kept" for each in buyer.contacts if each.kind is kind)


def _channels(rows: Sequence[PurchaseRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(channel_in_words(each.channel, each.shop) for each in rows))


def _bought(rows: Sequence[PurchaseRow]) -> tuple[str, ...]:
    shown = [purchase_shown(each) for each in rows]
    return tuple(
        f"{each.units} × {each.product}, {each.ordered or 'day not said'}" for each in shown
    )


def story_values(story: Story) -> dict[str, Any]:
    """The page of one purchaser."""
    own = story.purchaser
    everybody = [own, *story.others]
    names = {each.number: name_of(each) for each in everybody}
    return {
        "name": name_of(own),
        "country": own.country,
        "language": own.language,
        "contacts": [(CONTACTS[each.kind], each.value or "kept") for each in own.contacts],
        "bought": [_story_line(each, own.number) for each in story.bought],
        "members": [
            (one_line(each), "" if each is own else address("purchaser", each.number), each.number)
            for each in everybody
        ],
        "joins": [_join(each, names) for each in story.joins],
        "questions": [
            (number, address("same_person_question", number)) for number in story.questions
        ],
        "filings": [(each, address("search", reference=each.reference)) for each in story.filings],
    }


def _story_line(bought: Bought, own: int) -> dict[str, Any]:
    buyer = bought.purchase.buyer
    return {
        "purchase": purchase_shown(bought.purchase),
        "by_other": buyer.number if buyer and buyer.number != own else 0,
        "places": [
            (
                each,
                address("order_file", each.file),
                channel_in_words(each.channel, each.shop),
                KINDS[each.kind],
            )
            for each in bought.found_in
        ],
    }


def _join(join: JoinedBy, names: dict[int, str]) -> dict[str, Any]:
    second = f"claim {join.filing}" if join.filing else _named(join.second or 0, names)
    return {
        "first": _named(join.first, names),
        "second": second,
        "url": address("search", reference=join.filing) if join.filing else "",
        "why": shares_in_words(join.reasons),
        "by": join.by or "by the rules",
        "at": join.at,
    }


def _named(number: int, names: dict[int, str]) -> str:
    return f"{names.get(number, 'purchaser')} ({number})"
