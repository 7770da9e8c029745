"""What was sent in the made-up year, and the truth about it, which the desk is never told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.seen import LabelReading, MarkingReading


class Fraud(StrEnum):
    """The eight kinds."""

    SAME_PHOTO = "the same photo again"
    ONE_PHOTO = "one photo for many serials"
    GUESSED = "guessed serials"
    HOUSEHOLD = "one household, many names"
    PAYEE = "one payee, many addresses"
    CODE = "the code of another claim"
    EDITED = "edited digits"
    BURST = "a burst from one network"


@dataclass(frozen=True)
class SentPhoto:
    """A photo as the desk has it: digests of what came and of the clean copy, its likeness (32
    bytes, or 256 with all turns), and what was read; `is_usable`: it could be cleaned."""

    kind: PhotoKind
    content: bytes
    picture: bytes
    likeness: bytes
    reading: LabelReading | MarkingReading | None
    is_usable: bool = True


@dataclass(frozen=True)
class SentUnit:
    """One claim. `is_listed`: its serial is on the list. `is_readable`: both photos were taken so
    that what was asked can be read in them, by how they were made and not by what was read."""

    serial: str
    code: str
    photos: tuple[SentPhoto, ...] = ()
    reading: UnitReading = UnitReading.SERIAL
    is_listed: bool = True
    cannot_photograph: bool = False
    is_readable: bool = False


@dataclass(frozen=True)
class Person:
    """Who claims. `address` and `payee` are by field, as the forms keep them."""

    name: str
    email: str
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    payee: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SentFiling:
    """What one person sends at one moment. `fraud`: of which kind it is, and `ring` of which ring;
    `is_first`: it is the first of its ring."""

    at: datetime
    person: Person
    network: str
    remedy: str
    units: tuple[SentUnit, ...]
    is_dangerous: bool = False
    wrote: bool = False
    fraud: Fraud | None = None
    ring: int = 0
    is_first: bool = False
