"""One entry of a feed, in either form, as what is kept of it.

Guarantees: pure; texts come without markup and without characters that steer anything; an address
is one of the web or none; what cannot be read is refused with its reason, never guessed.
"""

import datetime
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recalldesk.elsewhere.numbers import key_of, models_of_field
from recalldesk.elsewhere.prose import models_in
from recalldesk.elsewhere.states import EntryReason, FeedForm, Found

CPSC = "CPSC"
LONGEST_TEXT = 200_000
LONGEST_NUMBER, LONGEST_TITLE, LONGEST_URL = 40, 500, 500
BLOCK = re.compile(
    r"<\s*+/?\s*+(?:br|li|p|td|tr|div|ul|ol|table|h\d)\b[^<>]{0,200}>", re.IGNORECASE
)
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
WEB = re.compile(r"https?://[^\s<>\"'\\@]+", re.IGNORECASE)
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]*Z?)?")
UPC = re.compile(r"\d{8,14}")


@dataclass(frozen=True)
class Number:
    """A model number, or that of a bar code."""

    key: str
    written: str
    found: Found


@dataclass(frozen=True)
class Entry:
    """A recall as its authority tells it. `published` is the day on which the entry was last
    changed, where the feed says so."""

    agency: str
    number: str
    url: str
    date: datetime.date
    published: datetime.date | None
    title: str
    description: str
    hazards: str
    firms: str
    units: str
    remedies: str
    numbers: tuple[Number, ...]


class _Refused(Exception):
    """Carries the reason."""

    def __init__(self, reason: EntryReason) -> None:
        super().__init__(reason)
        self.reason = reason


def entry_of(raw: Any, form: FeedForm) -> Entry | EntryReason:
    """The entry, or why it is not taken."""
    if not isinstance(raw, dict) or not raw:
        return EntryReason.NO_RECORD
    try:
        return _of_usa_gov(raw) if form is FeedForm.USA_GOV else _of_cpsc(raw)
    except _Refused as refused:
        return refused.reason


def _of_cpsc(raw: Mapping[str, Any]) -> Entry:
    products = _rows(raw, "Products")
    names = [_text(product, "Name") for product in products]
    description = _text(raw, "Description")
    prose = [_text(raw, "Title"), description, *names]
    prose += [_text(product, "Description") for product in products]
    makers = ("Manufacturers", "Importers", "Distributors")
    return _entry(
        raw_number=_text(raw, "RecallNumber"),
        url=_text(raw, "URL"),
        day=_day(_text(raw, "RecallDate")),
        published=_day(_text(raw, "LastPublishDate")),
        titles=(_text(raw, "Title"), *names, description),
        description=description,
        hazards=_named(raw, "Hazards", "Name"),
        firms=[firm for maker in makers for firm in _named(raw, maker, "Name")],
        units=[_text(product, "NumberOfUnits") for product in products],
        remedies=[*_named(raw, "Remedies", "Name"), *_named(raw, "RemedyOptions", "Option")],
        numbers=_numbers(
            [_text(product, "Model") for product in products],
            prose,
            _named(raw, "ProductUPCs", "UPC"),
        ),
    )


def _of_usa_gov(raw: Mapping[str, Any]) -> Entry:
    if _text(raw, "organization").upper() not in ("", CPSC):
        raise _Refused(EntryReason.OTHER_AUTHORITY)
    descriptions, types = _texts(raw, "descriptions"), _texts(raw, "product_types")
    firms = _texts(raw, "manufacturers")
    told = ", ".join(descriptions or types)
    title = f"{firms[0]}: {told}" if firms and told else told
    upcs = [part for text in _texts(raw, "upc") for part in re.split(r"[,;\s]+", text)]
    return _entry(
        raw_number=_text(raw, "recall_number"),
        url=_text(raw, "recall_url"),
        day=_day(_text(raw, "recall_date")),
        published=None,
        titles=(title,),
        description=". ".join(descriptions),
        hazards=_texts(raw, "hazards"),
        firms=firms,
        units=[],
        remedies=[],
        numbers=_numbers([], [*descriptions, *types], upcs),
    )


def _entry(
    *,
    raw_number: str,
    url: str,
    day: datetime.date | None,
    published: datetime.date | None,
    titles: Iterable[str],
    description: str,
    hazards: Iterable[str],
    firms: Iterable[str],
    units: Iterable[str],
    remedies: Iterable[str],
    numbers: tuple[Number, ...],
) -> Entry:
    number = raw_number.replace("-", "").replace(" ", "").upper()
    address = url if WEB.fullmatch(url) and len(url) <= LONGEST_URL else ""
    title = next((text for text in titles if text), "")
    if len(number) > LONGEST_NUMBER:
        raise _Refused(EntryReason.TOO_LONG)
    if not number and not address:
        raise _Refused(EntryReason.NO_NUMBER)
    if day is None:
        raise _Refused(EntryReason.NO_DATE)
    if not title:
        raise _Refused(EntryReason.NO_TITLE)
    return Entry(
        agency=CPSC,
        number=number,
        url=address,
        date=day,
        published=published,
        title=_cut(title),
        description=description,
        hazards=_lines(hazards),
        firms=_lines(firms),
        units=_lines(units),
        remedies=_lines(remedies),
        numbers=numbers,
    )


def _numbers(
    fields: Iterable[str], prose: Iterable[str], upcs: Iterable[str]
) -> tuple[Number, ...]:
    """Each number once, by where it stood most clearly."""
    found: dict[tuple[str, bool], Number] = {}
    for where, texts in ((Found.FIELD, fields), (Found.PROSE, prose)):
        search = models_of_field if where is Found.FIELD else models_in
        for written in (each for text in texts for each in search(text)):
            key = key_of(written)
            found.setdefault((key, False), Number(key, written, where))
    for text in upcs:
        key = key_of(text)
        if UPC.fullmatch(key):
            found.setdefault((key, True), Number(key, text[:60], Found.UPC))
    return tuple(found.values())


def _plain(text: str) -> str:
    """A text of the feed as a person reads it: the markup undone, on one line."""
    if len(text) > LONGEST_TEXT:
        raise _Refused(EntryReason.TOO_LONG)
    told = MARKUP.sub(" ", BLOCK.sub(", ", html.unescape(text)))
    shown = "".join(c if c.isprintable() or c.isspace() else " " for c in html.unescape(told))
    return " ".join(shown.split()).strip(" ,")


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _Refused(EntryReason.WRONG_KIND)


def _texts(raw: Mapping[str, Any], name: str) -> list[str]:
    """A field that holds a text or a list of them."""
    value = raw.get(name)
    values = value if isinstance(value, list) else [value]
    return [text for each in values if (text := _text({name: each}, name))]


def _rows(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _Refused(EntryReason.WRONG_KIND)
    return value


def _named(raw: Mapping[str, Any], rows: str, name: str) -> list[str]:
    """One field of each row of a table; a table of bare texts is read as well."""
    value = raw.get(rows)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return _texts(raw, rows)
    return [text for row in _rows(raw, rows) if (text := _text(row, name))]


def _day(text: str) -> datetime.date | None:
    found = DAY.fullmatch(text)
    try:
        return datetime.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 2]} …"
