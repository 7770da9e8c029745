"""The whole recall file, with the rules that tie its parts together.

Guarantees of a valid document: every product, brand, country and figure that one part names is
defined in another; every text stands in each of the recall's languages; patterns and ranges can be
read with the forms of the products they name.
"""

from collections.abc import Mapping
from typing import Self

from pydantic import ValidationError, ValidationInfo, model_validator

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.cross_checks import problems_between

STORED: Mapping[str, bool] = {"stored": True}
"""The context of a validation that reads what was checked before."""


class Document(Contents):
    """A recall file that holds together."""

    @model_validator(mode="after")
    def _holds_together(self, validation: ValidationInfo) -> Self:
        if validation.context is STORED:
            return self
        found = problems_between(self)
        if found:
            raise ValidationError.from_exception_data(type(self).__name__, found)
        return self

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """The document of a stored version, which was checked when it was applied.

        A rule between parts that is added later must not make a published recall unreadable.
        """
        return cls.model_validate(stored, context=STORED)
