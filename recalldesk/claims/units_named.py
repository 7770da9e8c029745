"""Which unit an owner means by what was typed.

Guarantee: the same unit is found again whatever recall it is claimed under and however its serial
was typed, as far as the product's folding reaches: a recalled serial is read as the oldest recall
that lists it reads it. A moment without an index loses no claim: the unit is then looked at again
when the claim is sent.
"""

from dataclasses import dataclass

from recalldesk.claims.models import Claim
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid
from recalldesk.units.verdict.answer import Answer, Verdict

LONGEST_SERIAL = 200
"""Of a typed text that is kept. No serial is longer; what is, a person reads."""


@dataclass(frozen=True)
class NamedUnit:
    """`identity` is the serial as its product reads it, empty where nothing names a unit; `found`
    is the verdict, or empty; `product` its key in the recall file, or empty.
    """

    serial: str
    identity: str
    found: str
    product: str


def named_unit(serial: str, *, document: Document, product: str = "") -> NamedUnit:
    """The unit that a typed serial names. Nothing is counted as a check."""
    typed = serial.strip()[:LONGEST_SERIAL]
    chosen = product if product in {each.key for each in document.products} else ""
    if not typed:
        return NamedUnit(serial="", identity="", found="", product=chosen)
    answer = _answer(typed)
    read_as = answer.read_as if answer else normalise(typed)
    key = chosen or _product_of(document, read_as)
    listed = _listed_by(answer) if answer else None
    return NamedUnit(
        serial=typed,
        identity=identity_of(read_as, listed.document if listed else document),
        found=answer.verdict.value if answer else "",
        product=key,
    )


def found_now(claim: Claim) -> str:
    """The verdict on a claim's serial at this moment; as it was when nobody can say. Nothing is
    counted as a check. Raises SealingError."""
    typed = opened(claim, "sealed_serial").strip()
    answer = _answer(typed) if typed else None
    return answer.verdict.value if answer else claim.found


def _answer(serial: str) -> Answer | None:
    try:
        return check_serial(serial)
    except (AnswerUnavailable, SecondLookInvalid):
        return None


def _listed_by(answer: Answer) -> LiveRecall | None:
    """The oldest recall that covers the serial: another that lists it later changes nothing."""
    slugs = {each.recall for each in answer.recalls if each.verdict is Verdict.AFFECTED}
    found = [live for slug in slugs if (live := live_recall(slug)) is not None]
    return min(found, key=lambda live: live.recall_id, default=None)


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


def variants_of(document: Document, product: str) -> frozenset[str]:
    """The keys of a product's variants; those of every product where none is named."""
    products = [each for each in document.products if not product or each.key == product]
    return frozenset(variant.key for each in products for variant in each.variants)


def can_be_held(found: str) -> bool:
    """Whether a claim of a serial with this verdict holds its unit."""
    return found == Verdict.AFFECTED
