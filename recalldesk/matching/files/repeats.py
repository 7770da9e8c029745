"""How many lines of a file stand in it before, told by 64 bits of each, in bounded memory.

Guarantee: two lines that are the same are always told. Two that are not are taken for the same with
a chance of about 1 in 15,000 in a file of 50 million lines. Nothing but a count hangs on it: lines
that may be of a product looked for are compared byte by byte elsewhere.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from recalldesk.matching.files.arrays import Hashes

PARTS = 64
TOP_BITS = np.uint64(58)
HELD = 1 << 22
TWO_HASHES = "SELECT hash(line) AS whole, hash(line[4:]) AS shifted FROM lines"
ODD = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)


class LineHashes:
    """64 bits of each line of a chunk.

    The engine's hash takes eight bytes at a time, and alone was the same for one in a thousand of
    made-up lines that differ in two numbers of an order. So it is taken twice, over eight bytes
    that begin elsewhere.
    """

    def __init__(self) -> None:
        self._engine = duckdb.connect()
        self._engine.execute("SET threads = 1")

    def of(self, lines: "pa.Array[pa.Scalar]") -> Hashes:
        """In the order of the lines."""
        self._engine.register("lines", pa.table({"line": lines}))
        found = self._engine.execute(TWO_HASHES).fetchnumpy()
        self._engine.unregister("lines")
        whole, shifted = (np.asarray(found[name], np.uint64) for name in ("whole", "shifted"))
        return whole * ODD ^ (shifted << HALF | shifted >> HALF)

    def close(self) -> None:
        """Gives the engine back."""
        self._engine.close()


class Repeats:
    """Hashes, sorted into parts on the disk."""

    def __init__(self, folder: Path) -> None:
        self._paths = [folder / f"lines-{part:02}" for part in range(PARTS)]
        self._held: list[Hashes] = []
        self._count = 0
        self._is_on_disk = False

    def add(self, hashes: Hashes) -> None:
        """The next lines."""
        self._held.append(hashes)
        self._count += len(hashes)
        if self._count >= HELD:
            self._write()

    def count(self) -> int:
        """How many lines stand before. Asked once, at the end."""
        if not self._is_on_disk:
            return _repeated(np.concatenate(self._held)) if self._held else 0
        self._write()
        return sum(_repeated(np.fromfile(p, np.uint64)) for p in self._paths if p.exists())

    def _write(self) -> None:
        if not self._held:
            return
        hashes = np.concatenate(self._held)
        self._held, self._count, self._is_on_disk = [], 0, True
        hashes.sort()
        tops = np.arange(1, PARTS, dtype=np.uint64) << TOP_BITS
        for path, part in zip(
            self._paths, np.split(hashes, np.searchsorted(hashes, tops)), strict=True
        ):
            if len(part):
                with path.open("ab") as file:
                    part.tofile(file)


def _repeated(hashes: Hashes) -> int:
    hashes.sort()
    return int(np.count_nonzero(hashes[1:] == hashes[:-1]))
