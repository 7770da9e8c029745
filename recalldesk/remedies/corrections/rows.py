"""One report as it is written in a file or a form: judged, or refused with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from recalldesk.remedies.corrections.naming import ListedUnit
from recalldesk.remedies.corrections.states import COUNTS_AT, Level, Measure, RowReason

LONGEST_SHOP, LONGEST_REFERENCE, LONGEST_SERIAL, LONGEST_ORDER = 120, 60, 200, 60
MOST_UNITS = 100_000_000
DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y", "%Y%m%d")
"""A day with bars, such as 03/04/2026, means another day elsewhere: it is never guessed at."""
LEVEL_WORDS: Mapping[str, Level] = {
    **{level.value: level for level in Level},
    "maker": Level.MANUFACTURER,
    "factory": Level.MANUFACTURER,
    "wholesaler": Level.DISTRIBUTOR,
    "wholesale": Level.DISTRIBUTOR,
    "shop": Level.RETAILER,
    "store": Level.RETAILER,
    "retail": Level.RETAILER,
    "stock": Level.RETAILER,
    "customer": Level.CONSUMER,
    "owner": Level.CONSUMER,
    "fabricante": Level.MANUFACTURER,
    "distribuidor": Level.DISTRIBUTOR,
    "tienda": Level.RETAILER,
    "minorista": Level.RETAILER,
    "consumidor": Level.CONSUMER,
    "cliente": Level.CONSUMER,
}
MEASURE_WORDS: Mapping[str, Measure] = {
    **{measure.value: measure for measure in Measure},
    "refund": Measure.REFUNDED,
    "credited": Measure.REFUNDED,
    "credit": Measure.REFUNDED,
    "replacement": Measure.REPLACED,
    "exchanged": Measure.REPLACED,
    "exchange": Measure.REPLACED,
    "repair": Measure.REPAIRED,
    "return": Measure.RETURNED,
    "destruction": Measure.DESTROYED,
    "scrapped": Measure.DESTROYED,
    "reembolsado": Measure.REFUNDED,
    "reembolso": Measure.REFUNDED,
    "reemplazado": Measure.REPLACED,
    "reparado": Measure.REPAIRED,
    "devuelto": Measure.RETURNED,
    "destruido": Measure.DESTROYED,
}


@dataclass(frozen=True)
class Row:
    """A report that can be kept. `unit` is None where no serial is known; `order`: the number of
    the order of which the units were, where it is known."""

    level: Level
    measure: Measure
    units: int
    happened_on: date
    reported_by: str
    shop_reference: str = ""
    unit: ListedUnit | None = None
    order: str = field(default="", repr=False)


@dataclass(frozen=True)
class Usual:
    """What holds where a row does not say it itself."""

    level: Level | None = None
    measure: Measure | None = None
    happened_on: date | None = None
    reported_by: str = ""


Find = Callable[[str], ListedUnit | None]


def row_of(said: Mapping[str, str], usual: Usual, *, today: date, find: Find) -> Row | RowReason:
    """What a row says, by the names of its columns, or why it cannot be taken. `find`: the unit of
    a serial, None where the recall does not cover it."""
    level = LEVEL_WORDS.get(_word(said, "level")) if said.get("level") else usual.level
    measure = MEASURE_WORDS.get(_word(said, "measure")) if said.get("measure") else usual.measure
    if level is None:
        return RowReason.NO_LEVEL
    if measure is None:
        return RowReason.NO_MEASURE
    if measure not in COUNTS_AT[level]:
        return RowReason.NO_CORRECTION
    day = _day(said["day"]) if said.get("day") else usual.happened_on
    if day is None or day > today or day.year < 2000:
        return RowReason.NO_DAY
    shop, reference = said.get("shop") or usual.reported_by, said.get("reference", "")
    if not shop:
        return RowReason.NO_SHOP
    serial, units = said.get("serial", ""), _units(said.get("units", ""))
    order = said.get("order", "")
    if too_long(shop, reference, serial, order):
        return RowReason.TOO_LONG
    unit: ListedUnit | None = None
    if said.get("units") and units is None:
        return RowReason.NO_UNITS
    if serial:
        if units not in (None, 1):
            return RowReason.SERIAL_TWICE
        unit, units = find(serial), 1
        if unit is None:
            return RowReason.NOT_IN_RECALL
    if units is None:
        return RowReason.NEITHER
    return Row(level, measure, units, day, shop, reference, unit, order)


def too_long(shop: str, reference: str, serial: str, order: str = "") -> bool:
    """Whether a text is longer than what is kept of it."""
    return (
        len(shop) > LONGEST_SHOP
        or len(reference) > LONGEST_REFERENCE
        or len(serial) > LONGEST_SERIAL
        or len(order) > LONGEST_ORDER
    )


def _word(said: Mapping[str, str], name: str) -> str:
    return " ".join(said[name].casefold().replace("_", " ").split())


def _day(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _units(text: str) -> int | None:
    whole = text.removesuffix(".0")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 9):
        return None
    return int(whole) if 1 <= int(whole) <= MOST_UNITS else None
