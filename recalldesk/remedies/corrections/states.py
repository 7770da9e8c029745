"""Where in the chain of sale a unit was corrected, how, and why a row is not taken."""

from collections.abc import Mapping

from django.db.models import TextChoices

from recalldesk.recalls.document.remedy import RemedyKind


class Level(TextChoices):
    """Who had the unit when the recall began."""

    MANUFACTURER = "manufacturer", "Manufacturer"
    DISTRIBUTOR = "distributor", "Distributor"
    RETAILER = "retailer", "Retailer"
    CONSUMER = "consumer", "Consumer"


class Measure(TextChoices):
    """What was done about the unit."""

    REFUNDED = "refunded", "Refunded"
    REPLACED = "replaced", "Replaced"
    REPAIRED = "repaired", "Repaired"
    RETURNED = "returned", "Returned to the firm"
    DESTROYED = "destroyed", "Destroyed"


M = Measure
COUNTS_AT: Mapping[Level, frozenset[Measure]] = {
    Level.MANUFACTURER: frozenset({M.REPLACED, M.REPAIRED, M.DESTROYED}),
    Level.DISTRIBUTOR: frozenset(Measure),
    Level.RETAILER: frozenset(Measure),
    Level.CONSUMER: frozenset({M.REFUNDED, M.REPLACED, M.REPAIRED}),
}
"""What corrects a unit at each level. A consumer who only throws a unit away got nothing for it:
that is disposal, which is counted apart. The manufacturer has nobody to return a unit to."""
DONE_BY: Mapping[RemedyKind, Measure] = {
    RemedyKind.GIFT_CARD: M.REFUNDED,
    RemedyKind.REFUND: M.REFUNDED,
    RemedyKind.REPLACEMENT: M.REPLACED,
    RemedyKind.REPAIR: M.REPAIRED,
}
"""What an owner's remedy counts as."""


class RowReason(TextChoices):
    """Why a row of a file, or a form, is not taken."""

    COLUMN_COUNT = "column_count", "does not have as many columns as the heading"
    UNREADABLE = "unreadable", "cannot be read: a stray quotation mark, or characters lost"
    NUMBER_CELL = (
        "number_cell",
        "has a serial of which the sheet made a number, a date or a formula",
    )
    NO_LEVEL = "no_level", "names no level: manufacturer, distributor, retailer or consumer"
    NO_MEASURE = "no_measure", "does not say what was done in a word that is known"
    NO_CORRECTION = "no_correction", "says what is no correction at its level"
    NO_UNITS = "no_units", "has no whole number of units from 1 on"
    NO_DAY = "no_day", "has no day, or one in the future, or before the year 2000"
    NO_SHOP = "no_shop", "does not say who did it"
    OTHER_LEVEL = "other_level", "is of stock: in a partner's file stand customers' units only"
    SERIAL_TWICE = "many_units", "names one serial and more than one unit"
    NOT_IN_RECALL = "not_in_recall", "names a serial that this recall does not cover"
    NEITHER = "neither", "names neither a serial nor a number of units"
    TOO_LONG = "too_long", "has a cell that is longer than it may be"
