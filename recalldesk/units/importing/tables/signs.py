"""What the first bytes of a file say of it, where it is no text."""

from recalldesk.foundation.workbooks.book import is_workbook

PARQUET = b"PAR1"
PARQUET_ENCRYPTED = b"PARE"

__all__ = ["PARQUET", "is_parquet", "is_workbook"]


def is_parquet(start: bytes) -> bool:
    """Whether these are the first bytes of a Parquet file, encrypted or not."""
    return start.startswith((PARQUET, PARQUET_ENCRYPTED))
