"""The life of a photo: its kinds and states, the tables of legal moves, and what can be wrong.

Guarantee: the database refuses a move that is not in its table (models.py).
"""

from collections.abc import Mapping

from django.db.models import TextChoices


class EvidencePurpose(TextChoices):
    """What a set of photos is for. It decides which job is told when photos are settled."""

    CLAIM = "claim", "A claim"
    CHECK = "check", "The second look of a check"
    INCIDENT = "incident", "What is told of an incident"
    POSTING = "posting", "A notice that was hung up"


class PhotoKind(TextChoices):
    """What the owner says that a photo shows."""

    LABEL = "label", "The label with the serial"
    MARKING = "marking", "What the owner wrote on the unit"
    RECEIPT = "receipt", "A receipt"
    DISPOSAL = "disposal", "The unit, got rid of"
    OTHER = "other", "Something else"


class PhotoState(TextChoices):
    """Where a photo stands."""

    RECEIVED = "received", "Received"
    SCANNING = "scanning", "Being looked after"
    SCANNER_ERROR = "scanner_error", "Waiting for the scanner"
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "Infected"
    UNUSABLE = "unusable", "No usable picture"
    REMOVED = "removed", "Removed"


class ReadingState(TextChoices):
    """Whether what a clean photo shows was read. One that was given up is a person's to read."""

    NOT_ASKED = "", "Not to be read"
    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read"
    GIVEN_UP = "given_up", "Could not be read"


class PhotoProblem(TextChoices):
    """Why a photo that was received is of no use; `words.py` tells its owner what to do."""

    INFECTED = "infected", "The scanner found something harmful"
    NOT_A_PICTURE = "not_a_picture", "No JPEG, PNG, WebP or HEIC"
    DAMAGED = "damaged", "Cut off or damaged"
    TOO_MANY_PIXELS = "too_many_pixels", "More than 40 megapixels"
    TOO_SMALL = "too_small", "Too few pixels to read anything"
    TOO_MUCH_WORK = "too_much_work", "Could not be decoded within the limits"
    NOT_KEPT = "not_kept", "Its file is gone"


class ScanOutcome(TextChoices):
    """What a scanner said last."""

    CLEAN = "clean", "Nothing found"
    INFECTED = "infected", "Something harmful found"
    ERROR = "error", "It answered, and did not scan"
    PENDING = "pending", "It did not answer"


_LOOKED_AFTER = frozenset(
    {
        PhotoState.CLEAN,
        PhotoState.INFECTED,
        PhotoState.UNUSABLE,
        PhotoState.SCANNER_ERROR,
    }
)
MOVES: Mapping[PhotoState, frozenset[PhotoState]] = {
    PhotoState.RECEIVED: frozenset({PhotoState.SCANNING, PhotoState.REMOVED}),
    PhotoState.SCANNING: _LOOKED_AFTER | {PhotoState.REMOVED},
    PhotoState.SCANNER_ERROR: frozenset({PhotoState.SCANNING, PhotoState.REMOVED}),
    PhotoState.CLEAN: frozenset({PhotoState.UNUSABLE, PhotoState.REMOVED}),
    PhotoState.INFECTED: frozenset({PhotoState.REMOVED}),
    PhotoState.UNUSABLE: frozenset({PhotoState.REMOVED}),
    PhotoState.REMOVED: frozenset(),
}
"""Of no use becomes also a clean one whose file a disk lost; what was read in it stays."""
WAITING = frozenset({PhotoState.RECEIVED, PhotoState.SCANNING, PhotoState.SCANNER_ERROR})
"""Not settled yet: a job is on its way."""
SETTLED = frozenset({PhotoState.CLEAN, PhotoState.INFECTED, PhotoState.UNUSABLE})
READ_KINDS = frozenset({PhotoKind.LABEL, PhotoKind.MARKING})
"""What is read once it is clean."""
READING_MOVES: Mapping[ReadingState, frozenset[ReadingState]] = {
    ReadingState.NOT_ASKED: frozenset({ReadingState.WAITING}),
    ReadingState.WAITING: frozenset(
        {ReadingState.READ, ReadingState.GIVEN_UP, ReadingState.NOT_ASKED}
    ),
    ReadingState.READ: frozenset({ReadingState.NOT_ASKED}),
    ReadingState.GIVEN_UP: frozenset({ReadingState.NOT_ASKED}),
}
"""Back to `NOT_ASKED` goes only a photo that is removed."""
