"""Which unit somebody means by a serial.

The same unit is found again whatever recall lists it and however its serial is typed.

Guarantee: a recalled serial is read as the oldest recall that lists it reads it, as far as the
product's folding reaches. A moment without an index names the unit all the same, without a verdict.
"""

from dataclasses import dataclass

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid
from recalldesk.units.verdict.answer import Answer, Verdict

LONGEST_SERIAL = 200
"""Of a typed text that is kept. No serial is longer; what is, a person reads."""
UNIT = "claims.Claim.unit_digest"
"""The purpose of every digest of a unit's identity, so that all tables find the same unit."""


@dataclass(frozen=True)
class NamedUnit:
    """`identity` is the serial as its product reads it, empty where nothing names a unit; `found`
    is the verdict, or empty; `product` its key in the recall file, or empty; `listed_by`: the
    recalls that cover it.
    """

    serial: str
    identity: str
    found: str
    product: str
    listed_by: frozenset[str] = frozenset()


def named_unit(serial: str, *, document: Document, product: str = "") -> NamedUnit:
    """The unit that a typed serial names. Nothing is counted as a check."""
    typed = serial.strip()[:LONGEST_SERIAL]
    chosen = product if product in {each.key for each in document.products} else ""
    if not typed:
        return NamedUnit(serial="", identity="", found="", product=chosen)
    answer = answer_now(typed)
    read_as = answer.read_as if answer else normalise(typed)
    key = chosen or _product_of(document, read_as)
    listed_by = _listing(answer) if answer else frozenset[str]()
    listed = _oldest(listed_by)
    return NamedUnit(
        serial=typed,
        identity=identity_of(read_as, listed.document if listed else document),
        found=answer.verdict.value if answer else "",
        product=key,
        listed_by=listed_by,
    )


def answer_now(serial: str) -> Answer | None:
    """The verdict on a serial at this moment; None where nobody can say. Nothing is counted."""
    try:
        return check_serial(serial)
    except (AnswerUnavailable, SecondLookInvalid):
        return None


def _listing(answer: Answer) -> frozenset[str]:
    return frozenset(each.recall for each in answer.recalls if each.verdict is Verdict.AFFECTED)


def _oldest(slugs: frozenset[str]) -> LiveRecall | None:
    """The oldest recall that covers the serial: another that lists it later changes nothing."""
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
