"""The recall file: what `recall.toml` may hold, checked field by field.

A document is a frozen value. It knows no database; whoever holds one can show, compare and ask it.
"""

from recalldesk.recalls.document.whole import Document

__all__ = ["Document"]
