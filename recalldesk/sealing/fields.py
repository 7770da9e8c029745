"""The field for a sealed value. It stores bytes; only `sealing.vault` makes and opens them."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    Bytes = models.BinaryField[bytes | memoryview, bytes | memoryview]
else:
    Bytes = models.BinaryField


class SealedField(Bytes):
    """A value sealed by the vault. Every such field stands in the register of personal data."""


class LookupField(Bytes):
    """A keyed digest (32 bytes) by which a sealed value is found again."""
