"""Whether the cell of a sheet says what was meant, if it is no text.

A spreadsheet takes 00123 for 123, 12E10 for 120000000000, and 1-2 for a day in January; of a number
of more than 15 digits it drops the last ones. Guarantees: a number is a serial only if nothing else
could have been typed for it; none is ever filled up with zeros.
"""

from decimal import Decimal

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.workbooks.kinds import Kind
from recalldesk.units.states import RejectReason

EXACT_BELOW = 10**15
DIGITS = frozenset("0123456789")


ADVICE = {
    RejectReason.NUMBER_CELL: "format the column as text, and enter the serial again as printed",
    RejectReason.DATE_CELL: "format the column as text, and enter the serial again as printed",
    RejectReason.NO_TEXT_CELL: "enter the serial as text",
    RejectReason.FORMULA_CELL: "let the spreadsheet compute, save it, and import it again; or paste"
    " the results as values",
}
REASONS = {
    Kind.NUMBER: RejectReason.NUMBER_CELL,
    Kind.SHOWN_OTHERWISE: RejectReason.NUMBER_CELL,
    Kind.DATE: RejectReason.DATE_CELL,
    Kind.NO_TEXT: RejectReason.NO_TEXT_CELL,
    Kind.FORMULA: RejectReason.FORMULA_CELL,
}


def serial_of_number(number: str, form: SerialForm, *, is_exact: bool = False) -> str | None:
    """The digits of a number, if they are a serial and no other serial can have become it.

    `is_exact`: the file keeps all digits of whole numbers, however many.
    """
    digits = number if is_exact else _whole(number)
    if digits is None or not DIGITS.issuperset(digits):
        return None
    if not DIGITS.issuperset(_characters(form)) or not form.is_well_formed(digits):
        return None
    longer = (digits.zfill(length) for length in range(len(digits) + 1, form.longest + 1))
    return None if any(map(form.is_well_formed, longer)) else digits


def _characters(form: SerialForm) -> frozenset[str]:
    """Those that serials of the form can hold."""
    if not form.shapes:
        return frozenset(form.alphabet)
    return frozenset().union(*(place for shape in form.shapes for place in shape))


def _whole(number: str) -> str | None:
    """The digits of a number that is whole and that a spreadsheet keeps exactly."""
    try:
        if not 0 <= float(number) < EXACT_BELOW:
            return None
        exact = Decimal(number)
    except (ValueError, ArithmeticError):
        return None
    return str(int(exact)) if exact == int(exact) else None
