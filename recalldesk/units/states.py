"""Enums of the units: why a line of a serial file is not taken."""

from django.db.models import TextChoices


class RejectReason(TextChoices):
    """Why a line was not taken."""

    WRONG_FORM = "wrong_form", "is not of the form of this product's serials"
    UNKNOWN_CHARACTER = "unknown_character", "holds a character that these serials never have"
    TOO_SHORT = "too_short", "is shorter than these serials are"
    TOO_LONG = "too_long", "is longer than these serials are"
    NOT_ONE_SERIAL = "not_one_serial", "may hold more than one serial, or more than a serial"
    EMPTY_CELL = "empty_cell", "has no serial in its column"
    COLUMN_COUNT = "column_count", "does not have as many columns as the heading"
    STRAY_QUOTE = "stray_quote", "has a quotation mark that is not closed, or stands inside a cell"
    LINES_IN_DOUBT = (
        "lines_in_doubt",
        "stands between two quotation marks on different lines, and may be a row of its own",
    )
    NUL = "nul", "holds a NUL byte"
    NOT_DECODABLE = "not_decodable", "cannot be read in the file's encoding"
    CELL_TOO_LONG = "cell_too_long", "has a cell of more than 1,000 characters"
    NUMBER_CELL = "number_cell", "is a number in the sheet, of which digits or letters may be lost"
    DATE_CELL = "date_cell", "is a date in the sheet, made of what was typed"
    NO_TEXT_CELL = "no_text_cell", "is an error, or true or false, in the sheet"
    FORMULA_CELL = "formula_cell", "is a formula in the sheet whose result was not saved"
    UNEQUAL_LENGTH = "unequal_length", "is a range whose ends differ in length"
    REVERSED = "reversed", "is a range whose end comes before its start"
    OVERLAPPING = "overlapping", "is a range that overlaps another one"
    NOT_COUNTABLE = "not_countable", "is a range whose ends differ in more than their last digits"


SAYS_NOTHING = (
    RejectReason.NUMBER_CELL,
    RejectReason.DATE_CELL,
    RejectReason.NO_TEXT_CELL,
    RejectReason.FORMULA_CELL,
)
"""Rejected for what a sheet made of the serial: what is left of it does not say which it was."""
