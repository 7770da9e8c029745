"""The field for a sealed value. It stores bytes; only `sealing.vault` makes and opens them."""

from django.db import models


class SealedField(models.BinaryField):
    """A value sealed by the vault. Every such field stands in the register of personal data."""


class LookupField(models.BinaryField):
    """A keyed digest (32 bytes) by which a sealed value is found again."""
