"""A mapping file: what the headings of a shop's own format mean, in TOML.

Guarantee: what it says is understood whole, or refused with what is wrong; no word is passed over.
"""

import codecs
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from recalldesk.matching.files.errors import MappingRefused
from recalldesk.matching.files.fields import PRODUCT, Field
from recalldesk.matching.files.money import currency_of

LARGEST = 1 << 16
DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"} | {
    mark: mark for mark in "\t,;|"
}
KINDS = ("orders", "registrations", "returns")
WORDS = frozenset(
    {
        "channel",
        "kind",
        "delimiter",
        "quotes",
        "encoding",
        "day_order",
        "decimal",
        "currency",
        "country",
        "cancelled",
        "first_row",
        "columns",
    }
)


class DayOrder(StrEnum):
    """In which order a date names its parts, where it is not clear by itself."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Mapping:
    """`channel`: the shop's name as the recall's identifiers name it; `columns`: what a heading
    says, by what it means; `quotes`: whether quotation marks enclose cells, or None to tell by the
    delimiter; `decimal`: the sign before cents, empty where it is not said; `currency`, `country`:
    where no column says one; `cancelled`: what a cancelled line's status is
    called; `first_row`: later rows of an order leave out what its first says."""

    channel: str
    kind: str
    columns: dict[Field, str]
    delimiter: str | None = None
    quotes: bool | None = None
    encoding: str | None = None
    day_order: DayOrder | None = None
    decimal: str = ""
    currency: str = ""
    country: str = ""
    cancelled: tuple[str, ...] = ()
    first_row: bool = False


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises `MappingRefused`."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise MappingRefused(f"{path.name} is too large for a mapping file.")
        said = tomllib.loads(text.decode("utf-8-sig"))
    except OSError as error:
        raise MappingRefused(
            f"{path.name} cannot be opened: {error.strerror}.", "Check its name and place."
        ) from error
    except UnicodeDecodeError as error:
        raise MappingRefused(
            f"{path.name} is no text: it cannot be a mapping file.",
            "A mapping file is a small text that says which heading means what.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise MappingRefused(f"{path.name} is no TOML: {error}.", "Mend that line.") from error
    return mapping_of(said)


def mapping_of(said: dict[str, object]) -> Mapping:
    """The mapping that these words make. Raises `MappingRefused`."""
    if strange := sorted(set(said) - WORDS):
        raise MappingRefused(
            f"The mapping says {', '.join(strange)}, which is not known.",
            f"Known are {', '.join(sorted(WORDS))}.",
        )
    kind = _text(said, "kind") or "orders"
    if kind not in KINDS:
        raise MappingRefused(f"{kind} is no kind of file.", f"Say one of {', '.join(KINDS)}.")
    return Mapping(
        channel=_text(said, "channel"),
        kind=kind,
        columns=_columns(said.get("columns"), kind),
        delimiter=_delimiter(_text(said, "delimiter")),
        quotes=_yes_or_no(said, "quotes"),
        encoding=_encoding(_text(said, "encoding")),
        day_order=_day_order(_text(said, "day_order")),
        decimal=_decimal(_text(said, "decimal")),
        currency=_currency(_text(said, "currency")),
        country=_country(_text(said, "country")),
        cancelled=_cancelled(said.get("cancelled", [])),
        first_row=_yes_or_no(said, "first_row") or False,
    )


def _text(said: dict[str, object], word: str) -> str:
    text = said.get(word, "")
    if not isinstance(text, str):
        raise MappingRefused(f"{word} is no text.", f'Write it in quotation marks: {word} = "…".')
    return text if word == "delimiter" else text.strip()


def _columns(said: object, kind: str) -> dict[Field, str]:
    if not isinstance(said, dict) or not said:
        raise MappingRefused("The mapping names no columns.", "Write a table [columns].")
    known = {each.value: each for each in Field}
    columns: dict[Field, str] = {}
    for word, heading in said.items():
        if word not in known:
            raise MappingRefused(
                f"columns.{word} is not known.", f"Known are {', '.join(sorted(known))}."
            )
        if not isinstance(heading, str) or not heading.strip():
            raise MappingRefused(f"columns.{word} names no heading.")
        columns[known[word]] = heading.strip()
    if kind != "registrations" and Field.ORDER not in columns:
        raise MappingRefused("columns.order is missing.", "Name the column of the order's number.")
    if not any(each in columns for each in (*PRODUCT, Field.SERIAL)):
        raise MappingRefused(
            "No column names the product.", f"Name one of {', '.join(PRODUCT)} or serial."
        )
    return columns


def _delimiter(text: str) -> str | None:
    if text and text not in DELIMITERS:
        raise MappingRefused(f"{text!r} separates no columns.", "Say tab, comma, semicolon or bar.")
    return DELIMITERS.get(text)


def _yes_or_no(said: dict[str, object], word: str) -> bool | None:
    told = said.get(word)
    if told is not None and not isinstance(told, bool):
        raise MappingRefused(f"{word} is neither true nor false.")
    return told


def _encoding(text: str) -> str | None:
    if not text:
        return None
    try:
        return codecs.lookup(text).name
    except LookupError as error:
        raise MappingRefused(f"{text} is no encoding.", "Say utf-8, cp1252, cp932 …") from error


def _day_order(text: str) -> DayOrder | None:
    try:
        return DayOrder(text) if text else None
    except ValueError as error:
        raise MappingRefused(
            f"{text} is no order of a date's parts.", "Say ymd, dmy or mdy."
        ) from error


def _decimal(text: str) -> str:
    if text not in ("", ".", ","):
        raise MappingRefused(f"{text!r} is no decimal sign.", 'Say "." or ",".')
    return text


def _currency(text: str) -> str:
    code = currency_of(text)
    if text and not code:
        raise MappingRefused(f"{text} is no currency's code.", "Say three letters, such as USD.")
    return code


def _country(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise MappingRefused(f"{text} is no country's code.", "Say two letters, such as US.")
    return text.upper()


def _cancelled(said: object) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise MappingRefused("cancelled is no list of texts.", 'Write cancelled = ["Void"].')
    return tuple(" ".join(each.split()).casefold() for each in said)
