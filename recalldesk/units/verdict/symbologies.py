"""Bar codes that cannot be misread unnoticed, by the identifiers that scanners send with a text.

Guarantee: only symbologies are named whose every symbol carries check characters or error
correction, or whose identifier says that the reader checked one and left it out of the text.
"""

CODE_128 = ("]C0", "]C1")
"""Plain, and GS1-128."""
CODE_93 = ("]G0",)
CODE_39_CHECKED = ("]A3", "]A7")
"""The check character is optional here: the reader checked it and left it out. With `]A1` and `]A5`
it stands in the text, which is then no serial."""
DATA_MATRIX = ("]d1", "]d2", "]d4", "]d5")
"""ECC 200; `]d0` is its forerunner with another, weaker check."""
QR_CODE = ("]Q1", "]Q2", "]Q3", "]Q4")
PDF417 = ("]L0", "]L1", "]L2")
AZTEC = ("]z0", "]z1", "]z3", "]z4")
"""Not one symbol of several (`]z6` and on), which holds a part of a text."""

SURE = frozenset((*CODE_128, *CODE_93, *CODE_39_CHECKED, *DATA_MATRIX, *QR_CODE, *PDF417, *AZTEC))
"""EAN and UPC have a check digit but name an article, never a unit."""


def rules_out_misreading(identifier: str) -> bool:
    """Whether a text was read as it stands in the bar code, by the identifier (ISO/IEC 15424)."""
    return identifier in SURE
