"""Bytes of any length under seal, in chunks: AES-256-GCM under a key made for this one stream.

Guarantees: a chunk comes out only after it was found unaltered, in its place, and of this stream;
a stream that was cut off, lengthened, mixed with another or sealed for another purpose ends in
SealingError, so that whoever reads to the end without one has all of it. Memory holds two chunks.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from recalldesk.sealing.keys import KEY_BYTES, KeyRing, SealingError

FORMAT = 2
SALT_BYTES = 32
TAG_BYTES = 16
CHUNK = 64 * 1024
"""Bytes in the clear of every chunk but the last, which may have fewer, or none."""
MOST_HEAD = 2 + 255 + SALT_BYTES
"""Bytes of the longest head."""


class Readable(Protocol):
    """What gives up to so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Head:
    """The first bytes of a sealed stream; `key` names the key that it is sealed under."""

    written: bytes
    key: str


def _cipher(ring: KeyRing, name: str, head: bytes, purpose: str) -> AESGCM:
    """The key of one stream. Its salt and purpose are in it, so that no nonce is used twice."""
    if name not in ring.keys:
        raise SealingError(f"The sealing key {name!r} is not at hand.")
    stretched = HKDF(SHA256(), KEY_BYTES, salt=head[-SALT_BYTES:], info=head + purpose.encode())
    return AESGCM(stretched.derive(ring.keys[name]))


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of a chunk each; the last one may be shorter."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)


def seal_stream(chunks: Iterable[bytes], *, ring: KeyRing, purpose: str) -> Iterator[bytes]:
    """The bytes of `chunks`, of any sizes, sealed under the newest key for `purpose` only."""
    name = ring.newest.encode()
    head = bytes([FORMAT, len(name)]) + name + os.urandom(SALT_BYTES)
    cipher = _cipher(ring, ring.newest, head, purpose)
    yield head
    place, waiting = 0, b""
    for chunk in _even(chunks):
        if waiting:
            yield cipher.encrypt(_nonce(place, last=False), waiting, None)
            place += 1
        waiting = chunk
    yield cipher.encrypt(_nonce(place, last=True), waiting, None)


def _exactly(source: Readable, size: int) -> bytes:
    """So many bytes, or fewer where the source ends before."""
    got = bytearray()
    while len(got) < size and (more := source.read(size - len(got))):
        got += more
    return bytes(got)


def read_head(source: Readable) -> Head:
    """Reads a stream's head and no byte more; nothing of it is proved. Raises SealingError."""
    start = _exactly(source, 2)
    if len(start) < 2 or start[0] != FORMAT:
        raise SealingError("This is not a sealed stream.")
    name = _exactly(source, start[1])
    salt = _exactly(source, SALT_BYTES)
    if len(name) < start[1] or len(salt) < SALT_BYTES:
        raise SealingError("A sealed stream was cut off.")
    return Head(start + name + salt, name.decode("ascii", "replace"))


def open_stream(
    source: Readable, *, ring: KeyRing, purpose: str, head: Head | None = None
) -> Iterator[bytes]:
    """The bytes that were sealed, chunk by chunk, as `source` gives them.

    `head` is given where it was read already, and then `source` stands behind it.
    Raises SealingError: at its first chunk, or later. What came before is genuine, yet the whole is
    there only when the last one came.
    """
    head = head or read_head(source)
    cipher = _cipher(ring, head.key, head.written, purpose)
    place, waiting = 0, _exactly(source, CHUNK + TAG_BYTES)
    while True:
        following = _exactly(source, CHUNK + TAG_BYTES)
        try:
            chunk = cipher.decrypt(_nonce(place, last=not following), waiting, None)
        except (InvalidTag, ValueError) as error:  # fewer bytes than a tag are a ValueError
            raise SealingError("A sealed stream was altered, cut off or mixed up.") from error
        if chunk:
            yield chunk
        if not following:
            return
        place, waiting = place + 1, following
