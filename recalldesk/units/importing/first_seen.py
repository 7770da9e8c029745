"""Which serials of a file were surely not in it before.

Guarantees: what is called new is new. What is not surely new (met before, or its 64-bit hash was)
is for the database to decide. Memory is bounded, whatever the size of the file.
"""

MOST_REMEMBERED = 20_000_000


class FirstSeen:
    """Remembers the hashes of the serials met so far, some 70 bytes each."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._hashes: set[int] = set()
        self._most = most

    def parted(self, serials: list[str]) -> tuple[list[str], list[str]]:
        """The serials that are surely new, and the others; each in the order given."""
        hashes = list(map(hash, serials))
        met = set(hashes)
        if len(self._hashes) + len(met) > self._most:
            return [], serials
        if len(met) == len(hashes) and self._hashes.isdisjoint(met):
            self._hashes |= met
            return serials, []
        new, others = [], []
        for serial, number in zip(serials, hashes, strict=True):
            if number in self._hashes:
                others.append(serial)
            else:
                self._hashes.add(number)
                new.append(serial)
        return new, others
