"""Where candidates and rejects stand in the file: numbers only, on the disk, so that memory does
not grow with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 5_000
CANDIDATE = np.dtype(
    [
        ("number", np.int64),
        ("place", np.int64),
        ("length", np.int32),
        ("lines", np.int32),
        ("first_place", np.int64),
        ("first_length", np.int32),
        ("hash", np.uint64),
    ]
)
"""`lines`: how many the row has; `first_…`: the order's first row, if it says what this one does
not; its length is 0 where there is none."""
REJECT = np.dtype(
    [("number", np.int64), ("place", np.int64), ("length", np.int32), ("reason", np.int16)]
)

Entries = NDArray[Any]


class Store:
    """Entries of one kind, in the order in which they are added."""

    def __init__(self, path: Path, kind: "np.dtype[Any]") -> None:
        self._path = path
        self._kind = kind
        self._file = path.open("w+b")
        self.count = 0

    def add(self, entries: Entries) -> None:
        """More of them."""
        self._file.write(entries.tobytes())
        self.count += len(entries)

    def batches(self) -> Iterator[Entries]:
        """All, some thousand at a time."""
        self._file.flush()
        for first in range(0, self.count, AT_ONCE):
            yield np.fromfile(self._path, self._kind, AT_ONCE, offset=first * self._kind.itemsize)

    def column(self, name: str) -> NDArray[Any]:
        """One number of all."""
        self._file.flush()
        parts = [batch[name] for batch in self.batches()]
        return np.concatenate(parts) if parts else np.zeros(0, self._kind[name])

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()
