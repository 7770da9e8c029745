"""Which unit an owner means by what was typed.

Guarantee: the same unit is found again whatever recall it is claimed under and however its serial
was typed, as far as the product's folding reaches. A moment without an index loses no claim: the
unit is then looked at again when the claim is sent.
"""

from dataclasses import dataclass

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid
from recalldesk.units.verdict.answer import Answer, Verdict

LONGEST_SERIAL = 200
"""Of a typed text that is kept. No serial is longer; what is, a person reads."""


@dataclass(frozen=True)
class NamedUnit:
    """`identity` is the serial as its product reads it; `found` the verdict, or empty."""

    serial: str
    identity: str
    found: str
    product: str


def named_unit(serial: str, *, document: Document, product: str = "") -> NamedUnit:
    """The unit that a typed serial names. Nothing is counted as a check."""
    typed = serial.strip()[:LONGEST_SERIAL]
    answer = _answer(typed)
    read_as = answer.read_as if answer else normalise(typed)
    key = product or _product_of(document, read_as)
    return NamedUnit(
        serial=typed,
        identity=identity_of(read_as, document),
        found=answer.verdict.value if answer else "",
        product=key,
    )


def _answer(serial: str) -> Answer | None:
    try:
        return check_serial(serial)
    except (AnswerUnavailable, SecondLookInvalid):
        return None


def _product_of(document: Document, read_as: str) -> str:
    """The only product whose serials look like this one; empty where several or none do."""
    fitting = [
        product.key
        for product in document.products
        if product.serial.form.is_well_formed(product.serial.form.fold(read_as))
    ]
    return fitting[0] if len(fitting) == 1 else ""


def identity_of(read_as: str, document: Document) -> str:
    """The serial as the first product whose serials look like it reads it."""
    for product in document.products:
        form = product.serial.form
        folded = form.fold(read_as)
        if form.is_well_formed(folded):
            return folded
    return read_as


def can_be_held(found: str) -> bool:
    """Whether a claim of a serial with this verdict holds its unit."""
    return found == Verdict.AFFECTED
