"""What is said of two records: that they are one person, that they may be, and why.

Guarantee: no word for people says that somebody is somebody: each names what two records share, or
in what they differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class JoinReason(StrEnum):
    """What two records share, or what speaks against it; kept as a word, said by `REASONS`."""

    SAME_NAME = "same_name"
    NICKNAME = "nickname"
    NAME_SLIP = "name_slip"
    NAME_SWAPPED = "name_swapped"
    INITIAL = "initial"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    COUPLE = "couple"
    NO_NAME = "no_name"
    SAME_EMAIL = "same_email"
    EMAIL_SLIP = "email_slip"
    SAME_PHONE = "same_phone"
    PHONE_SLIP = "phone_slip"
    SAME_FLAT = "same_flat"
    SAME_HOUSE = "same_house"
    ADDRESS_SLIP = "address_slip"
    OTHER_EMAIL = "other_email"
    OTHER_PHONE = "other_phone"
    OTHER_ADDRESS = "other_address"
    OTHER_GIVEN_NAME = "other_given_name"
    OTHER_GENERATION = "other_generation"
    ORGANISATION = "organisation"
    SHARED_BY_MANY = "shared_by_many"
    JOINS_OTHERS = "joins_others"
    SETTLED = "settled"
    SETTLED_APART = "settled_apart"
    LIKELY = "likely"


REASONS: Mapping[JoinReason, str] = {
    JoinReason.SAME_NAME: "the same name",
    JoinReason.NICKNAME: "a short form of the same name",
    JoinReason.NAME_SLIP: "a name that differs by a slip of typing",
    JoinReason.NAME_SWAPPED: "given and family name the other way round",
    JoinReason.INITIAL: "an initial that fits the other's name",
    JoinReason.GIVEN_NAME: "the same given name, another family name",
    JoinReason.FAMILY_NAME: "the same family name; one gives no given name",
    JoinReason.COUPLE: "one names a couple",
    JoinReason.NO_NAME: "one gives no name",
    JoinReason.SAME_EMAIL: "the same e-mail address",
    JoinReason.EMAIL_SLIP: "an e-mail address that differs by a slip of typing",
    JoinReason.SAME_PHONE: "the same phone number",
    JoinReason.PHONE_SLIP: "a phone number that differs by a slip of typing",
    JoinReason.SAME_FLAT: "the same address",
    JoinReason.SAME_HOUSE: "the same house; one names no flat",
    JoinReason.ADDRESS_SLIP: "an address that differs by a slip of typing",
    JoinReason.OTHER_EMAIL: "another e-mail address",
    JoinReason.OTHER_PHONE: "another phone number",
    JoinReason.OTHER_ADDRESS: "another address: perhaps a move",
    JoinReason.OTHER_GIVEN_NAME: "another given name",
    JoinReason.OTHER_GENERATION: "one is a junior, or of another generation",
    JoinReason.ORGANISATION: "a firm or a school whose name is longer in one",
    JoinReason.SHARED_BY_MANY: "what they share is shared by many",
    JoinReason.JOINS_OTHERS: "to join them would join others who differ",
    JoinReason.SETTLED: "somebody said so",
    JoinReason.SETTLED_APART: "to join them would join two whom somebody keeps apart",
    JoinReason.LIKELY: "the review of the whole finds it likely",
}
"""For people: what follows "because of"."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records are of one person, as far as the rules see. `worth`: points of what they share:
    the surest are joined first."""

    reasons: tuple[JoinReason, ...]
    worth: int = 0


@dataclass(frozen=True, slots=True)
class Doubtful:
    """They may be: for a person to say. `weight`: how likely, 0 to 1; it orders questions."""

    reasons: tuple[JoinReason, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Join:
    """Two records, by their ids, the smaller first, and why they are one person."""

    first: int
    second: int
    reasons: tuple[JoinReason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records, by their ids, the smaller first, about whom somebody is asked."""

    first: int
    second: int
    reasons: tuple[JoinReason, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said of two records: one person, or two."""

    first: int
    second: int
    is_one: bool
