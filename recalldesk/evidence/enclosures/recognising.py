"""What a file is, by its own first bytes; its name and what its sender calls it count for nothing.

Guarantee: what is named here is handed out under this type alone, as a file to be kept, so that no
browser takes it for a page.
"""

from collections.abc import Mapping

from recalldesk.evidence.enclosures.states import FileKind

MARKS: Mapping[bytes, FileKind] = {
    b"%PDF-": FileKind.PDF,
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
}
LONGEST_MARK = max(map(len, MARKS))
TYPES: Mapping[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}
ENDINGS: Mapping[FileKind, str] = {
    FileKind.PDF: "pdf",
    FileKind.JPEG: "jpg",
    FileKind.PNG: "png",
}


def kind_of(start: bytes) -> FileKind | None:
    """The kind, or None where it is none that is taken."""
    return next((kind for mark, kind in MARKS.items() if start.startswith(mark)), None)
