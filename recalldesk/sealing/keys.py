"""Keys and the sealing itself: AES-256-GCM under a named key, look-ups by HMAC-SHA-256.

Guarantees: a sealed value names the key that opens it; what was sealed for one purpose cannot be
opened as another (the purpose is authenticated); equal values sealed twice differ.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recalldesk.foundation.problem import Problem

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1


class SealingError(Problem):
    """A value cannot be opened, or a key is not usable."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message, "RECALLDESK_SEALING_KEYS and RECALLDESK_LOOKUP_KEY hold the keys."
        )


def key_from_text(text: str) -> bytes:
    """The key that a base64 text holds. Raises SealingError."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealingError("A sealing key is not base64.") from error
    if len(key) != KEY_BYTES:
        raise SealingError(f"A sealing key has {len(key)} bytes; it needs {KEY_BYTES}.")
    return key


def new_key() -> str:
    """A fresh random key as base64 text, to be put into the environment."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


@dataclass(frozen=True)
class KeyRing:
    """Named keys; the first one seals, all of them open."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def from_text(cls, text: str) -> "KeyRing":
        """From `name:base64,name:base64`, the newest first."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (p.strip() for p in text.split(","))):
            name, colon, encoded = part.partition(":")
            if not colon or not name.isascii() or not 1 <= len(name) <= 32:
                raise SealingError("Sealing keys are written as name:base64, separated by commas.")
            if name in keys:
                raise SealingError(f"The name {name!r} stands twice among the sealing keys.")
            keys[name] = key_from_text(encoded)
        if not keys:
            raise SealingError("There is no sealing key.")
        return cls(keys)

    @property
    def newest(self) -> str:
        """The name of the key that seals."""
        return next(iter(self.keys))

    def seal(self, plain: bytes, *, purpose: str) -> bytes:
        """`plain` sealed under the newest key, for `purpose` only."""
        name = self.newest.encode()
        head = bytes([FORMAT, len(name)]) + name
        nonce = os.urandom(NONCE_BYTES)
        return (
            head
            + nonce
            + AESGCM(self.keys[self.newest]).encrypt(nonce, plain, head + purpose.encode())
        )

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """What was sealed for `purpose`. Raises SealingError where key or value do not fit."""
        if len(sealed) < 2 or sealed[0] != FORMAT:
            raise SealingError("This is not a sealed value.")
        end = 2 + sealed[1]
        head, name = sealed[:end], sealed[2:end].decode("ascii", "replace")
        if len(sealed) < end + NONCE_BYTES:
            raise SealingError("A sealed value was cut off.")
        if name not in self.keys:
            raise SealingError(f"The sealing key {name!r} is not at hand.")
        nonce, body = sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
        try:
            return AESGCM(self.keys[name]).decrypt(nonce, body, head + purpose.encode())
        except InvalidTag as error:
            raise SealingError("A sealed value was altered, or sealed for another use.") from error


def key_named_by(sealed: bytes) -> str:
    """The name of the key that opens a sealed value; "" where it is none."""
    if len(sealed) < 2 or sealed[0] != FORMAT:
        return ""
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def lookup_digest(value: str, *, key: bytes, purpose: str) -> bytes:
    """A keyed digest (32 bytes) under which a normalised value can be found but not read."""
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
