"""The whole recall file, with the rules that tie its parts together.

Guarantees of a valid document: every product, brand, country and figure that one part names is
defined in another; every text stands in each of the recall's languages; patterns and ranges can be
read with the forms of the products they name.
"""

from typing import Self

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.cross_checks import RULES
from recalldesk.recalls.document.parts import WITHOUT_RULES


class Document(Contents):
    """A recall file that holds together."""

    rules = RULES

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """The document of a stored version, which was checked when it was applied.

        A rule between fields that is added later must not make a published recall unreadable.
        """
        return cls.model_validate(stored, context=WITHOUT_RULES)
