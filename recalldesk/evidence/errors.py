"""What goes wrong with photos, in words for whoever reads a log; pages use `words.py`."""

from enum import StrEnum

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence.limits import MOST_PHOTOS
from recalldesk.foundation.problem import Problem


class Refusal(StrEnum):
    """Why a photo was not taken; nothing of it is kept, and what was sent before stays."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BUSY = "busy"
    NOT_STORED = "not_stored"
    CLOSED = "closed"


MESSAGES = {
    Refusal.EMPTY: ("The file is empty.", "Take the photo again, or choose another file."),
    Refusal.TOO_LARGE: (
        f"The file has more than {MOST_BYTES // 1_000_000} MB.",
        "Send a smaller copy, or a screenshot of the photo.",
    ),
    Refusal.TOO_MANY: (
        f"There are {MOST_PHOTOS} photos already.",
        "Remove one that is not needed.",
    ),
    Refusal.BUSY: (
        "Too many photos are waiting just now.",
        "Try again in a minute; what was sent is kept.",
    ),
    Refusal.NOT_STORED: (
        "The photo could not be stored.",
        "Try again in a minute; what was sent before is kept.",
    ),
    Refusal.CLOSED: ("These photos were erased.", "Start anew."),
}


class PhotoRefused(Problem):
    """A photo was not taken; `kind` says why."""

    def __init__(self, kind: Refusal) -> None:
        super().__init__(*MESSAGES[kind])
        self.kind = kind


class NoPicture(Problem):
    """There is no picture to show: the photo is not clean (yet), or was removed."""

    def __init__(self) -> None:
        super().__init__(
            "There is no picture to show.", "Only photos that were scanned and cleaned are shown."
        )


class ScannerAway(Problem):
    """The scanner did not scan a photo; it waits and is tried again."""

    def __init__(self) -> None:
        super().__init__(
            "The scanner does not answer, or answers with an error.",
            "Look at RECALLDESK_CLAMD and at clamd's own log; photos wait meanwhile.",
        )


class StoreUnreachable(Problem):
    """The file store does not answer, or is full."""

    def __init__(self) -> None:
        super().__init__(
            "The store of photos does not answer, or is full.",
            "Look at the disk of RECALLDESK_HOME, or at RECALLDESK_S3_BUCKET and its keys.",
        )


class FileMissing(Problem):
    """The store answers, and has no such file."""

    def __init__(self) -> None:
        super().__init__("A photo's file is not in the store.", "Look for it in a backup.")
