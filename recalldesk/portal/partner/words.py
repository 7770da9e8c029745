"""What a partner's pages say of its stock, its files and what is not taken.

Guarantee: there are words for every way in which something is refused (a test compares them).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from recalldesk.evidence.enclosures.errors import FileProblem
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.remedies.corrections.states import Measure, RowReason
from recalldesk.stock.errors import StockProblem
from recalldesk.stock.partners import telling_serials
from recalldesk.stock.states import Kind

KINDS: Mapping[Kind, Promise] = {
    Kind.ON_HAND: gettext_lazy("On hand"),
    Kind.QUARANTINED: gettext_lazy("Of these, kept apart"),
    Kind.RETURNED: gettext_lazy("Sent back to us"),
    Kind.DESTROYED: gettext_lazy("Destroyed"),
}
MEASURES: Mapping[Measure, Promise] = {
    Measure.REFUNDED: gettext_lazy("Money given back"),
    Measure.REPLACED: gettext_lazy("Replaced by another product"),
    Measure.REPAIRED: gettext_lazy("Repaired"),
}
FILES: Mapping[FileState, Promise] = {
    FileState.WAITING: gettext_lazy("being looked through for harmful software"),
    FileState.CLEAN: gettext_lazy("taken"),
    FileState.INFECTED: gettext_lazy("not taken: it seems harmful. Please send another one"),
    FileState.LOST: gettext_lazy("lost: that is our fault. Please send it again"),
}
STOCK_PROBLEMS: Mapping[StockProblem, Promise] = {
    StockProblem.NOT_YOURS: gettext_lazy("This is of another firm."),
    StockProblem.NOT_PUBLISHED: gettext_lazy("This recall is not open just now. Please call us."),
    StockProblem.NOT_A_PRODUCT: gettext_lazy("Choose the product from the list."),
    StockProblem.WHICH_PRODUCT: gettext_lazy("Choose the product from the list."),
    StockProblem.WHICH_KIND: gettext_lazy("Say what became of the units."),
    StockProblem.NO_UNITS: gettext_lazy("Write a whole number, as 12; what moved is 1 or more."),
    StockProblem.MORE_APART: gettext_lazy(
        "More are kept apart than you have on hand. On hand is all you still have, with those that"
        " are kept apart."
    ),
    StockProblem.NO_DAY: gettext_lazy("Choose a day up to today."),
    StockProblem.TOO_LONG: gettext_lazy("This is too long. Write it shorter."),
    StockProblem.NOWHERE_TO_RETURN: gettext_lazy(
        "As the manufacturer you have nobody to send units back to. Choose “Destroyed”."
    ),
    StockProblem.NO_NAME: gettext_lazy("Write the name of whoever confirms it."),
    StockProblem.NO_PLACE: gettext_lazy("Write where it hangs."),
    StockProblem.NO_REASON: gettext_lazy("Say in a few words why."),
    StockProblem.NOT_THERE: gettext_lazy("We do not find this any more."),
    StockProblem.DEADLINE_PAST: gettext_lazy("This day is over."),
    StockProblem.SENT_OTHERWISE: gettext_lazy(
        "This form was sent before and said something else. We kept what it said first: look below,"
        " and send what is new with this form."
    ),
}
FILE_PROBLEMS: Mapping[FileProblem, Promise] = {
    FileProblem.EMPTY: gettext_lazy("The file is empty. Choose it again."),
    FileProblem.TOO_LARGE: gettext_lazy("The file has more than 10 MB. Send a smaller one."),
    FileProblem.NOT_KNOWN: gettext_lazy("This is no PDF, JPEG or PNG. Send one of these."),
    FileProblem.TOO_MANY: gettext_lazy("There are ten files with it already."),
    FileProblem.NOT_STORED: gettext_lazy(
        "We could not keep the file just now. That is our fault. Please send it again in a minute."
    ),
}
ROWS: Mapping[RowReason, Promise] = {
    RowReason.COLUMN_COUNT: gettext_lazy("It has other columns than the heading."),
    RowReason.UNREADABLE: gettext_lazy(
        "It cannot be read: a stray quotation mark, or characters lost."
    ),
    RowReason.NUMBER_CELL: gettext_lazy(
        "The spreadsheet made a number or a date of it. Type the serial as it is printed."
    ),
    RowReason.NO_LEVEL: gettext_lazy("It names a level that we do not know. Leave it empty."),
    RowReason.NO_MEASURE: gettext_lazy(
        "We do not know what was done: write refunded, replaced or repaired."
    ),
    RowReason.NO_CORRECTION: gettext_lazy(
        "A customer's unit is refunded, replaced or repaired. What you sent back or destroyed is"
        " told on the page of your stock."
    ),
    RowReason.NO_UNITS: gettext_lazy("Write a whole number of units, from 1 on."),
    RowReason.NO_DAY: gettext_lazy("Write the day, as 2026-11-04; it may not lie ahead."),
    RowReason.NO_SHOP: gettext_lazy("It does not say who did it."),
    RowReason.OTHER_LEVEL: gettext_lazy(
        "It is of your stock. Here stand customers' units only; tell it on the page of your stock."
    ),
    RowReason.SERIAL_TWICE: gettext_lazy("It names one serial number and more than one unit."),
    RowReason.NOT_IN_RECALL: gettext_lazy(
        "We do not find this serial number in this recall. Read it on the unit once more. Is it"
        " right, or can it not be read? Then please call us, and keep the unit apart."
    ),
    RowReason.NEITHER: gettext_lazy("It names neither a serial number nor a number of units."),
    RowReason.TOO_LONG: gettext_lazy("Something in it is too long."),
}
NO_COUNT = gettext_lazy("Write a whole number, as 12, or 0 if you have none.")
"""Where a count is none."""
ALREADY = gettext_lazy("This unit was told already, by you or by somebody else.")
"""Why a refund is refused that is among the corrections."""
NOT_KEPT = gettext_lazy(
    "We could not keep this just now. That is our fault. Please call us, or send it again in a"
    " minute: what you typed is still here."
)
"""Nobody can say at this moment which serials are recalled, or the form said something else before:
it is told to nobody that it was kept."""


def checked_enough() -> str:
    """Why nothing more is looked up today, and what that means for the units at hand."""
    return gettext(
        "Your firm asks about more than %(most)s serial numbers within a day. These were not"
        " checked: treat the units as recalled, and send them again tomorrow, or call us."
    ) % {"most": f"{telling_serials.MOST_TOLD_A_DAY:,}"}


def looked_enough() -> str:
    """The same of a look through a file, which may be sent all the same."""
    return gettext(
        "We answer for at most %(most)s serial numbers within a day. Look at a part of the file, or"
        " send it without a look: you can take back what was wrong."
    ) % {"most": f"{telling_serials.MOST_TOLD_A_DAY:,}"}
