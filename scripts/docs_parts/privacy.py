"""The register of personal data as tables."""

from collections.abc import Mapping

from docs_parts.blocks import table
from recalldesk.sealing import not_personal, register


def _fields(heading: str, fields: Mapping[str, str]) -> str:
    rows = [(f"`{name}`", meaning) for name, meaning in fields.items()]
    return f"### {heading}\n\n{table(('field', 'what it is'), rows)}"


def register_tables() -> str:
    """Every text or bytes field of the database, by how it is kept."""
    return "\n".join(
        (
            _fields("Sealed", register.SEALED),
            _fields("Sealed inside another field", register.SEALED_WITHIN),
            _fields("Found by a keyed digest", register.FOUND_BY_DIGEST),
            _fields("Personal, in clear", register.IN_CLEAR),
            _fields("Not personal", not_personal.NOT_PERSONAL),
        )
    )
