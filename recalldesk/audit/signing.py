"""The key that signs heads of the log, and the keys by which a signature is known. Without Django.

Guarantee: no private key is ever written anywhere by this program but by `keys new`, to the screen.
A key is called by the first 16 hexadecimal digits of the SHA-256 of its public half.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recalldesk.audit.errors import LogKeyUnusable

KEY_BYTES = 32
NAME_DIGITS = 16


def key_in(text: str, *, variable: str) -> bytes:
    """The 32 bytes of a key in base64. Raises LogKeyUnusable, which does not quote it."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise LogKeyUnusable(
            f"{variable} is missing or is no key: base64 of {KEY_BYTES} bytes.",
            "`recalldesk keys new` prints one.",
        )
    return key


@dataclass(frozen=True)
class PublicKey:
    """The half of a log key by which signatures are checked; everybody may have it."""

    raw: bytes

    @property
    def name(self) -> str:
        """What heads call it."""
        return hashlib.sha256(self.raw).hexdigest()[:NAME_DIGITS]

    @property
    def text(self) -> str:
        """As settings hold it."""
        return base64.b64encode(self.raw).decode()

    @property
    def pem(self) -> str:
        """As other programs read it."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this key's other half signed the content."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The private half, which stands in the environment only."""

    raw: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """Its other half."""
        key = Ed25519PrivateKey.from_private_bytes(self.raw).public_key()
        return PublicKey(key.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, content: bytes) -> bytes:
        """The signature (64 bytes)."""
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(content)


def known_keys(*, signing: str, retired: str) -> Mapping[str, PublicKey]:
    """Public keys by name: of the key that signs, where there is one, and of those before it.

    `retired` holds public keys, separated by commas. Raises LogKeyUnusable.
    """
    keys = [
        PublicKey(key_in(each, variable="RECALLDESK_RETIRED_LOG_KEYS")) for each in _parts(retired)
    ]
    if signing:
        keys.append(SigningKey(key_in(signing, variable="RECALLDESK_LOG_KEY")).public)
    return {key.name: key for key in keys}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
