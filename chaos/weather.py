"""The clock and the disk as they are just now, told to all programs of a run by files.

Guarantee: whoever reads sees what was written whole; without a run's folder nothing is changed.
"""

import errno
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from recalldesk.foundation.private_files import open_private
from recalldesk.remedies.journal import append_synchronised

FOLDER = "CHAOS_WEATHER"
"""The variable that names the folder."""
AHEAD, FULL, ENTERED = "ahead", "full", "entered"
LOOKS_EVERY = 0.05


class Weather:
    """What whoever runs it says, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def jump(self, seconds: float) -> None:
        """The clock of all programs goes ahead by so many more seconds, or back."""
        self._write(AHEAD, str(self.number(AHEAD) + seconds))

    def fill(self) -> None:
        """From now on no space is left."""
        self._write(FULL, "1")

    def free(self) -> None:
        """There is space again."""
        (self.folder / FULL).unlink(missing_ok=True)

    def enter(self, claims: int) -> None:
        """So many claims are to be approved by now."""
        self._write(ENTERED, str(claims))

    def number(self, name: str) -> float:
        """What a file says; 0 where it says nothing."""
        try:
            return float((self.folder / name).read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0.0

    @property
    def is_full(self) -> bool:
        """Whether no space is left."""
        return (self.folder / FULL).exists()

    def _write(self, name: str, text: str) -> None:
        draft = self.folder / f"{name}.part"
        draft.write_text(text, encoding="ascii")
        os.replace(draft, self.folder / name)


def here() -> Weather:
    """That of the run which this program belongs to."""
    return Weather(Path(os.environ[FOLDER]))


class JumpingClock:
    """How far a program's clock is ahead; the file is read again every now and then."""

    def __init__(self, weather: Weather) -> None:
        self._weather, self._seconds, self._read_at = weather, 0.0, float("-inf")

    def __call__(self) -> float:
        """Seconds."""
        now = time.monotonic()
        if now - self._read_at > LOOKS_EVERY:
            self._seconds, self._read_at = self._weather.number(AHEAD), now
        return self._seconds


def append_if_there_is_space(path: Path, entries: Sequence[Mapping[str, str]]) -> None:
    """As the journal's own; on a full disk all lines but half of the last one are still written.

    Raises OSError.
    """
    if not here().is_full:
        append_synchronised(path, entries)
        return
    if len(entries) > 1:
        append_synchronised(path, entries[:-1])
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "ab") as file:
        file.write(b'{"kind": "')
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
