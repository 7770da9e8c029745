"""Seals and opens files of this installation, each under its scope's own data key."""

import io
from collections.abc import Iterable, Iterator

from recalldesk.sealing import vault
from recalldesk.sealing.streams import MOST_HEAD, Readable, open_stream, read_head, seal_stream

START = MOST_HEAD
"""So many bytes from a file's start name its key, whatever the key is called."""


def sealed(chunks: Iterable[bytes], *, scope: str, purpose: str) -> Iterator[bytes]:
    """The chunks, of any sizes, as a sealed file for one purpose (a field, and which file)."""
    return seal_stream(chunks, ring=vault.data_ring(scope), purpose=purpose)


def opened(source: Readable, *, scope: str, purpose: str) -> Iterator[bytes]:
    """What was sealed, chunk by chunk. Raises SealingError, at its end at the latest.

    The head is read here and now, and the keys after it: between the two a rotation may make a key
    and seal the file anew, and some stores fetch a file only when it is first read.
    """
    head = read_head(source)
    return open_stream(source, ring=vault.data_ring(scope), purpose=purpose, head=head)


def key_named_by(start: bytes) -> str:
    """The name of a sealed file's data key, by its first bytes (START). Raises SealingError."""
    return read_head(io.BytesIO(start)).key
