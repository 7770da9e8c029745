"""What a form tells of an incident: its fields, by name, read into a story.

Pure: the same for the owners' page and for the desk's. Guarantees: a person or a thing that is told
of is never left out, also where nothing but "yes" is known; what is not right is named by its
field, and takes nothing else with it; an amount is read as it was meant, or not at all.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from recalldesk.claims.errors import FieldProblem
from recalldesk.claims.messages import LONGEST_MESSAGE
from recalldesk.incidents.states import Care, Happened, HasUnit
from recalldesk.incidents.story import Damaged, Hurt, Story

Choice = TypeVar("Choice", bound=StrEnum)
MOST_ROWS = 12
"""People, or things, in one form; of more an owner tells in words."""
LONGEST_AGE = 40
LONGEST_LINE = 300
LONGEST_SERIAL = 200
EARLIEST = date(1970, 1, 1)
LARGEST = Decimal(10) ** 12
NUMBER = re.compile(r"[^\d.,-]*(\d[\d.,'’ ]*?)[.,'’ ]*[^\d.,]*", re.DOTALL)
GROUPED = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:(?P<by>[.,'’ ])\d{3})(?:(?P=by)\d{3})*|\d+)")
YES, NO = "yes", "no"


class Row(StrEnum):
    """The rows of a form that there may be several of; the button and the count of each."""

    PERSON = "person"
    THING = "thing"


ASKED = {Row.PERSON: "anyone_hurt", Row.THING: "anything_damaged"}
COUNT = {Row.PERSON: "people", Row.THING: "things"}
FIELDS = {Row.PERSON: ("care", "age", "harm"), Row.THING: ("what", "amount", "currency")}


def row_field(row: Row, place: int, name: str) -> str:
    """The name of a field of a row, counted from 0."""
    return f"{row}-{place}-{name}"


@dataclass(frozen=True, repr=False)
class Read:
    """What was told, as far as it is right; and by field, what is not."""

    story: Story
    problems: Mapping[str, FieldProblem]

    @property
    def certain(self) -> Story:
        """Of a form that is sent again once it is right: what cannot be counted twice then."""
        return replace(self.story, hurt=(), damaged=())

    @property
    def tells(self) -> bool:
        """Whether anything is said to have happened."""
        story = self.story
        return bool(story.happened or story.account or story.hurt or story.damaged)


def rows_in(text: Callable[[str], str], row: Row) -> int:
    """How many rows of a kind a form has; one at least."""
    count = text(COUNT[row])
    known = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 1
    return min(max(known, 1), MOST_ROWS)


def one_more(text: Callable[[str], str], row: Row) -> dict[str, str]:
    """The count of rows of a kind, with one more of them."""
    return {COUNT[row]: str(min(rows_in(text, row) + 1, MOST_ROWS))}


def read_form(
    text: Callable[[str], str],
    *,
    today: date,
    products: Collection[str] = (),
    countries: Collection[str] = (),
) -> Read:
    """Reads a form; `text` gives what was typed into a field, or nothing. `today`: the latest day
    that anybody may name."""
    problems: dict[str, FieldProblem] = {}
    account, serial = text("account"), text("serial")
    for name, said, most in (
        ("account", account, LONGEST_MESSAGE),
        ("serial", serial, LONGEST_SERIAL),
    ):
        if len(said) > most:
            problems[name] = FieldProblem.TOO_LONG
    happened = _choice(Happened, text("happened"))
    story = Story(
        happened=happened,
        happened_on=_day(text("happened_on"), today, problems),
        is_day_exact=not text("is_about"),
        product_key=_known(text("product"), products),
        country=_known(text("country"), countries),
        has_unit=_choice(HasUnit, text("has_unit")),
        serial="" if "serial" in problems else serial,
        account="" if "account" in problems else account,
        hurt=_hurt(text, problems),
        damaged=_damaged(text, problems),
    )
    read = Read(story, problems)
    return read if read.tells or problems else Read(story, {"happened": FieldProblem.NOTHING_TOLD})


def amount_in(text: str) -> Decimal | None:
    """The amount that was meant; None where it is none, or several, or below zero.

    A point or comma before one or two last digits divides the cents; one before three digits
    groups thousands, in whatever country somebody writes.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found = NUMBER.fullmatch(plain)
    if found is None:
        return None
    whole, cents = found.group(1), ""
    if (divided := re.fullmatch(r"(.*\d)[.,](\d{1,2})", whole)) is not None:
        whole, cents = divided.groups()
    grouped = GROUPED.fullmatch(whole)
    if grouped is None or (cents and found.group(1)[len(whole)] == grouped["by"]):
        return None
    amount = Decimal(re.sub(r"\D", "", whole) + "." + (cents or "0")).quantize(Decimal("0.01"))
    return amount if amount < LARGEST else None


def _choice(options: type[Choice], typed: str) -> Choice | None:
    return options(typed) if typed in {each.value for each in options} else None


def _known(typed: str, options: Collection[str]) -> str:
    return typed if typed in options else ""


def _day(typed: str, today: date, problems: dict[str, FieldProblem]) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today:
        problems["happened_on"] = FieldProblem.NOT_A_DAY
        return None
    return day


def _rows(text: Callable[[str], str], row: Row) -> list[tuple[int, list[str]]]:
    """The place and the fields of each row in which something stands."""
    if text(ASKED[row]) == NO:
        return []
    rows = [
        (place, [text(row_field(row, place, name)) for name in FIELDS[row]])
        for place in range(rows_in(text, row))
    ]
    # The currency is chosen before anybody types, and says nothing by itself.
    told = [
        (place, typed) for place, typed in rows if any(typed[: len(typed) - (row is Row.THING)])
    ]
    return told or ([rows[0]] if text(ASKED[row]) == YES else [])


def _short(
    typed: str, most: int, row: Row, place: int, name: str, problems: dict[str, FieldProblem]
) -> str:
    if len(typed) <= most:
        return typed
    problems[row_field(row, place, name)] = FieldProblem.TOO_LONG
    return ""


def _hurt(text: Callable[[str], str], problems: dict[str, FieldProblem]) -> tuple[Hurt, ...]:
    return tuple(
        Hurt(
            _choice(Care, care) or Care.UNKNOWN,
            _short(age, LONGEST_AGE, Row.PERSON, place, "age", problems),
            _short(harm, LONGEST_LINE, Row.PERSON, place, "harm", problems),
        )
        for place, (care, age, harm) in _rows(text, Row.PERSON)
    )


def _damaged(text: Callable[[str], str], problems: dict[str, FieldProblem]) -> tuple[Damaged, ...]:
    damaged = []
    for place, (what, typed, currency) in _rows(text, Row.THING):
        amount = amount_in(typed) if typed else None
        if typed and amount is None:
            problems[row_field(Row.THING, place, "amount")] = FieldProblem.NOT_AN_AMOUNT
        elif typed and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
            problems[row_field(Row.THING, place, "currency")] = FieldProblem.MISSING
            amount = None
        said = _short(what, LONGEST_LINE, Row.THING, place, "what", problems)
        damaged.append(Damaged(amount, currency if amount is not None else "", said))
    return tuple(damaged)
