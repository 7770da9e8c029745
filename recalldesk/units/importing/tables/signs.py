"""What the first bytes of a file say of it, where it is no text."""

from pathlib import Path

from recalldesk.units.errors import FileNotReadable
from recalldesk.units.importing.opening import SAVE_AS_TEXT

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PARQUET = b"PAR1"
PARQUET_ENCRYPTED = b"PARE"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LOOKED_THROUGH = 8 << 20


def is_zip(start: bytes) -> bool:
    """Whether these are the first bytes of a zip archive, such as a workbook."""
    return start.startswith(ZIP)


def is_parquet(start: bytes) -> bool:
    """Whether these are the first bytes of a Parquet file, encrypted or not."""
    return start.startswith((PARQUET, PARQUET_ENCRYPTED))


def refuse_old_workbook(path: Path, start: bytes) -> None:
    """Raises `FileNotReadable` for a workbook with a password, and for one of the old format."""
    if not start.startswith(OLE):
        return
    with path.open("rb") as file:
        if ENCRYPTED_PACKAGE in file.read(LOOKED_THROUGH):
            raise FileNotReadable(
                f"{path.name} is a workbook that is locked with a password.",
                "Save it without a password, and import that file.",
            )
    raise FileNotReadable(
        f"{path.name} is an old spreadsheet (.xls), whatever its name says.",
        f"Save it as .xlsx and import that. Or: {SAVE_AS_TEXT[0].lower()}{SAVE_AS_TEXT[1:]}",
    )
