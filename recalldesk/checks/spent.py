"""Which proofs were used, in bounded memory.

Guarantee: on one process no proof is taken twice, however many come: where there are too many to
remember, those that expire early are refused unseen, and their owners get another.
"""

MOST_REMEMBERED = 50_000
"""In each of two sets: about 10 MB together."""


class Spent:
    """The ids of used proofs, in an older and a younger set."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._older: set[bytes] = set()
        self._younger: set[bytes] = set()
        self._older_expire_by = self._younger_expire_by = 0.0
        self._refused_by = 0.0

    def __len__(self) -> int:
        return len(self._older) + len(self._younger)

    def holds(self, proof: bytes) -> bool:
        """Whether the proof is known to have been used."""
        return proof in self._younger or proof in self._older

    def spend(self, proof: bytes, expires_at: float) -> bool:
        """Notes that the proof was used; False where it was used before, or cannot be known."""
        if self.holds(proof) or expires_at <= self._refused_by:
            return False
        if len(self._younger) >= self._most:
            self._drop_older()
        self._younger.add(proof)
        self._younger_expire_by = max(self._younger_expire_by, expires_at)
        return True

    def _drop_older(self) -> None:
        # Whatever was in the set that goes expires by then; nothing that does is taken again.
        self._refused_by = max(self._refused_by, self._older_expire_by)
        self._older, self._younger = self._younger, set()
        self._older_expire_by, self._younger_expire_by = self._younger_expire_by, 0.0
