"""The filters of the CPSC's recall feed: which records a question asks for.

Guarantees: a question with several filters is met by records that meet all of them; what cannot be
read is refused, and never answered as if it had not been asked.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import unescape

from recalldesk.foundation.problem import Problem
from recalldesk.notices.cpsc.record import Record

Test = Callable[[Record], bool]


class FilterUnreadable(Problem):
    """A filter that is not known, or whose value is none."""


TEXTS: Mapping[str, Callable[[Record], Iterable[str]]] = {
    "RecallURL": lambda r: [r.URL],
    "RecallTitle": lambda r: [r.Title],
    "ConsumerContact": lambda r: [r.ConsumerContact],
    "RecallDescription": lambda r: [r.Description],
    "ProductName": lambda r: [each.Name for each in r.Products],
    "ProductDescription": lambda r: [each.Description for each in r.Products],
    "ProductModel": lambda r: [each.Model for each in r.Products],
    "ProductType": lambda r: [each.Type for each in r.Products],
    "InconjunctionURL": lambda r: [each.URL for each in r.Inconjunctions],
    "ImageURL": lambda r: [each.URL for each in r.Images],
    "Injury": lambda r: [each.Name for each in r.Injuries],
    "Manufacturer": lambda r: [each.Name for each in r.Manufacturers],
    "Retailer": lambda r: [each.Name for each in r.Retailers],
    "Importer": lambda r: [each.Name for each in r.Importers],
    "Distributor": lambda r: [each.Name for each in r.Distributors],
    "ManufacturerCountry": lambda r: [each.Country for each in r.ManufacturerCountries],
    "UPC": lambda r: [each.UPC for each in r.ProductUPCs],
    "Hazard": lambda r: [each.Name for each in r.Hazards],
    "Remedy": lambda r: [each.Name for each in r.Remedies],
    "RemedyOption": lambda r: [each.Option for each in r.RemedyOptions],
}
"""Met where one of the texts contains what is asked for, in capitals or not."""
DAYS: Mapping[str, Callable[[Record, str], bool]] = {
    "RecallDateStart": lambda r, day: r.RecallDate[:10] >= day,
    "RecallDateEnd": lambda r, day: r.RecallDate[:10] <= day,
    "LastPublishDateStart": lambda r, day: r.LastPublishDate[:10] >= day,
    "LastPublishDateEnd": lambda r, day: r.LastPublishDate[:10] <= day,
}
"""Both ends belong to it."""
NAMES = ("RecallID", "RecallNumber", *DAYS, *TEXTS)
BY_NAME = {name.casefold(): name for name in NAMES}
FORMAT = "format"


def chosen(records: Iterable[Record], asked: Iterable[tuple[str, str]]) -> list[Record]:
    """The records that meet every filter, the newest first. Raises FilterUnreadable."""
    tests = [_test(name, value.strip()) for name, value in asked]
    met = [record for record in records if all(test(record) for test in tests)]
    return sorted(met, key=lambda record: (record.RecallDate, record.RecallID), reverse=True)


def _test(given: str, value: str) -> Test:
    if given.casefold() == FORMAT:
        return _format(value)
    name = BY_NAME.get(given.casefold())
    if name is None:
        raise FilterUnreadable(
            "One of the filters is not known here.", f"The filters are {', '.join(NAMES)}."
        )
    if not value:
        return lambda _record: True
    if name == "RecallID":
        return _number(value)
    if name == "RecallNumber":
        wanted = value.replace("-", "").casefold()
        return lambda record: wanted in record.RecallNumber.casefold()
    if name in DAYS:
        on, day = DAYS[name], _day(name, value)
        return lambda record: on(record, day)
    texts, words = TEXTS[name], unescape(value).casefold()
    return lambda record: any(words in unescape(text).casefold() for text in texts(record))


def _format(value: str) -> Test:
    if value.casefold() != "json":
        raise FilterUnreadable("format: this feed is JSON only.", "Leave it out, or say json.")
    return lambda _record: True


def _number(value: str) -> Test:
    if not (value.isascii() and value.isdigit() and len(value) < 20):
        raise FilterUnreadable("RecallID: a whole number is needed.", "As in RecallID=7.")
    return lambda record: record.RecallID == int(value)


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value[:10] if value[10:] == "T00:00:00" else value).isoformat()
    except ValueError as error:
        raise FilterUnreadable(
            f"{name}: a day is needed.", f"Year, month, day, as in {name}=2025-06-12."
        ) from error
