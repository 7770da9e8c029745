"""What a claim knows of the unit that its owner names (units/naming.py)."""

from recalldesk.claims.models import Claim
from recalldesk.recalls.document import Document
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.units.naming import answer_now
from recalldesk.units.verdict.answer import Verdict


def found_now(claim: Claim) -> str:
    """The verdict on a claim's serial at this moment; as it was when nobody can say. Nothing is
    counted as a check. Raises SealingError."""
    typed = opened(claim, "sealed_serial").strip()
    answer = answer_now(typed) if typed else None
    return answer.verdict.value if answer else claim.found


def variants_of(document: Document, product: str) -> frozenset[str]:
    """The keys of a product's variants; those of every product where none is named."""
    products = [each for each in document.products if not product or each.key == product]
    return frozenset(variant.key for each in products for variant in each.variants)


def can_be_held(found: str) -> bool:
    """Whether a claim of a serial with this verdict holds its unit."""
    return found == Verdict.AFFECTED
