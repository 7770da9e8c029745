"""The words of enclosed files: what one is, and where it stands."""

from collections.abc import Mapping

from django.db.models import TextChoices


class FileKind(TextChoices):
    """What a file is, by its own bytes."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class FileState(TextChoices):
    """Where a file stands. Only a clean one is ever handed out."""

    WAITING = "waiting", "Waiting for the scanner"
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "The scanner found something harmful"
    LOST = "lost", "Its file is gone"


FILE_MOVES: Mapping[FileState, frozenset[FileState]] = {
    FileState.WAITING: frozenset({FileState.CLEAN, FileState.INFECTED, FileState.LOST}),
    FileState.CLEAN: frozenset({FileState.LOST}),
    FileState.INFECTED: frozenset(),
    FileState.LOST: frozenset(),
}
