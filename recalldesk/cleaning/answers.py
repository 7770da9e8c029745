"""What the cleaning gives: a picture, or what is wrong with bytes that should be a photo."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Picture:
    """The copy that is kept, a JPEG, its sides in pixels, and how it looks, in bits."""

    jpeg: bytes
    width: int
    height: int
    likeness: bytes = b""

    @property
    def sha256(self) -> str:
        """The digest of the JPEG."""
        return hashlib.sha256(self.jpeg).hexdigest()


class Fault(StrEnum):
    """The same values as in `states.PhotoProblem`, for a process without Django."""

    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    TOO_MUCH_WORK = "too_much_work"


class Unusable(Exception):
    """The bytes give no usable picture."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
