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
