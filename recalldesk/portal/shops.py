"""The shops that show a recall on their pages, by the names under which their checks count.

Guarantee: a name is one that the recall's live version gives, or `other`; nobody can make one up.
"""

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import OTHER_SHOP, Company


def shops_of(document: Document) -> tuple[Company, ...]:
    """The companies that have a name of their own."""
    return tuple(company for company in document.companies if company.key is not None)


def counted_as(document: Document, given: str) -> str:
    """The name under which a check counts that came with this one."""
    return given if any(company.key == given for company in shops_of(document)) else OTHER_SHOP
