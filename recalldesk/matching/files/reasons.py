"""Why a line of an order file is not taken, in one place: the word that is kept, and its words for
people."""

from enum import StrEnum


class OrderReject(StrEnum):
    """Why a line was not taken. Each word has at most 24 characters."""

    COLUMN_COUNT = "column_count"
    STRAY_QUOTE = "stray_quote"
    UNCLOSED_QUOTE = "unclosed_quote"
    LINES_IN_DOUBT = "lines_in_doubt"
    NUL = "nul"
    NOT_DECODABLE = "not_decodable"
    TOO_LONG = "too_long"
    NUMBER_SHORTENED = "number_shortened"
    NO_ORDER = "no_order"
    FORMULA_CELL = "formula_cell"

    @property
    def words(self) -> str:
        """The end of the sentence "This line ..."."""
        return WORDS[self]


WORDS = {
    OrderReject.COLUMN_COUNT: "does not have as many columns as the heading",
    OrderReject.STRAY_QUOTE: "has a quotation mark inside a cell that is not doubled",
    OrderReject.UNCLOSED_QUOTE: "has a quotation mark that is never closed",
    OrderReject.LINES_IN_DOUBT: "stands between quotation marks on different lines, and may be a"
    " row of its own",
    OrderReject.NUL: "holds a NUL byte",
    OrderReject.NOT_DECODABLE: "cannot be read in the file's encoding",
    OrderReject.TOO_LONG: "is longer than a row of orders ever is",
    OrderReject.NUMBER_SHORTENED: "has a product number that a spreadsheet shortened, such as"
    " 1.94644E+11, and may be of a product looked for",
    OrderReject.NO_ORDER: "names a product looked for, and no order",
    OrderReject.FORMULA_CELL: "has a formula whose result was not saved, or an error, in a cell"
    " that is read",
}


def words_of(reason: str) -> str:
    """The same of a word as it is kept; one that is not known as it stands."""
    known = reason in [each.value for each in OrderReject]
    return WORDS[OrderReject(reason)] if known else reason.replace("_", " ")


class Remark(StrEnum):
    """What was in doubt in lines that were taken all the same."""

    DATE_IN_DOUBT = "date_in_doubt"
    NO_DATE = "no_date"
    UNITS_IN_DOUBT = "units_in_doubt"
    NO_BUYER = "no_buyer"
    PRICE_IN_DOUBT = "price_in_doubt"

    def words(self, count: int) -> str:
        """A sentence with the number of lines."""
        lines = "1 line" if count == 1 else f"{count:,} lines"
        return REMARKS[self].format(lines=lines)


REMARKS = {
    Remark.DATE_IN_DOUBT: "{lines}: the date cannot be read, or could be two days. They count"
    " without a date, so that nobody is missed; name the order of day and month to have them read.",
    Remark.NO_DATE: "{lines}: there is no date. They count without one, so that nobody is missed.",
    Remark.UNITS_IN_DOUBT: "{lines}: the number of units cannot be read. They count as one unit"
    " bought, and none that came back.",
    Remark.NO_BUYER: "{lines}: nobody is named, neither there nor in the first row of the order.",
    Remark.PRICE_IN_DOUBT: "{lines}: the price cannot be read, or could be two amounts. They count"
    " like the others, without a price.",
}
