"""The locks of the embedded server, and how long a program waits for its turn."""

import os
import time
from pathlib import Path
from types import TracebackType

from recalldesk.foundation import file_lock
from recalldesk.postgres.errors import StartFailedError
from recalldesk.postgres.private_files import open_private

POLL_SECONDS = 0.02


class FileLock(file_lock.FileLock):
    """A lock in the data folder. Raises FolderUnusableError where its file is refused."""

    def _open(self) -> int:
        return open_private(self.path, os.O_RDWR | os.O_CREAT)


class Turn:
    """`with Turn(path, seconds):` one program at a time. Raises StartFailedError after it."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._lock = FileLock(path)
        self._seconds = seconds

    def __enter__(self) -> None:
        deadline = time.monotonic() + self._seconds
        while not self._lock.try_exclusive():
            if time.monotonic() > deadline:
                raise StartFailedError(
                    f"Another program has been starting or stopping the database for more than "
                    f"{self._seconds:.0f} seconds ({self._lock.path}).",
                    "Wait for it, or end it, and try again.",
                )
            time.sleep(POLL_SECONDS)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._lock.release()
