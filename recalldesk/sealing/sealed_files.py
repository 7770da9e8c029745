"""Seals and opens files of this installation, each under its scope's own data key."""

from collections.abc import Iterable, Iterator

from recalldesk.sealing import vault
from recalldesk.sealing.streams import Readable, open_stream, seal_stream


def sealed(chunks: Iterable[bytes], *, scope: str, purpose: str) -> Iterator[bytes]:
    """The chunks, of any sizes, as a sealed file for one purpose (a field, and which file)."""
    return seal_stream(chunks, ring=vault.data_ring(scope), purpose=purpose)


def opened(source: Readable, *, scope: str, purpose: str) -> Iterator[bytes]:
    """What was sealed, chunk by chunk. Raises SealingError, at its end at the latest."""
    return open_stream(source, ring=vault.data_ring(scope), purpose=purpose)
