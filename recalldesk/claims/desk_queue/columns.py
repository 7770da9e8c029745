"""The columns that a list can be exported with, and what stands in each.

Guarantees: moments are in UTC, written as ISO 8601; columns with personal data, serials among
them, are marked; a column that a spreadsheet must not take for a number is marked as well.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from recalldesk.claims.models import Claim
from recalldesk.sealing.fields_of_rows import opened


class Kind(Enum):
    """How a column is written. `EXACT`: a text that looks like a number, or may."""

    TEXT = "text"
    EXACT = "exact"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """One column. `reads`: the sealed fields that it opens; none where nothing is personal."""

    key: str
    title: str
    value: Callable[[Claim], str | int]
    kind: Kind = Kind.TEXT
    reads: tuple[str, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether it names an owner or a unit."""
        return bool(self.reads)


def _iso(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _of_filing(field: str) -> Callable[[Claim], str]:
    return lambda claim: opened(claim.filing, field)


def _of_address(part: str) -> Callable[[Claim], str]:
    def value(claim: Claim) -> str:
        text = opened(claim.filing, "sealed_address")
        return str(json.loads(text).get(part, "")) if text else ""

    return value


ADDRESS = ("filing__sealed_address",)
COLUMNS: tuple[Column, ...] = (
    Column("reference", "Reference", lambda claim: claim.filing.reference),
    Column("unit", "Unit", lambda claim: claim.position, Kind.NUMBER),
    Column("recall", "Recall", lambda claim: claim.recall.slug),
    Column("product", "Product", lambda claim: claim.product),
    Column("variant", "Variant", lambda claim: claim.variant),
    Column("state", "State", lambda claim: claim.state),
    Column("state_since", "State since (UTC)", lambda claim: _iso(claim.state_since)),
    Column("list", "List", lambda claim: claim.desk),
    Column("reasons", "Reasons", lambda claim: " ".join(claim.tags)),
    Column("promised_on", "Promised on", lambda claim: _iso(claim.promised_on)),
    Column("filed_at", "Sent at (UTC)", lambda claim: _iso(claim.filing.filed_at)),
    Column("came_by", "Came by", lambda claim: claim.filing.channel),
    Column("country", "Country", lambda claim: claim.filing.country),
    Column("language", "Language", lambda claim: claim.filing.language),
    Column("remedy", "Remedy", lambda claim: claim.filing.remedy_key),
    Column("found", "Serial was found", lambda claim: claim.found),
    Column("with", "With", lambda claim: claim.assigned_to.name if claim.assigned_to else ""),
    Column(
        "serial",
        "Serial",
        lambda claim: opened(claim, "sealed_serial"),
        Kind.EXACT,
        ("sealed_serial",),
    ),
    Column("name", "Name", _of_filing("sealed_name"), reads=("filing__sealed_name",)),
    Column("email", "E-mail", _of_filing("sealed_email"), reads=("filing__sealed_email",)),
    Column(
        "phone", "Phone", _of_filing("sealed_phone"), Kind.EXACT, reads=("filing__sealed_phone",)
    ),
    Column("street", "Street", _of_address("street_address"), reads=ADDRESS),
    Column("city", "City", _of_address("city"), reads=ADDRESS),
    Column("area", "State or area", _of_address("country_area"), reads=ADDRESS),
    Column("postal_code", "Postal code", _of_address("postal_code"), Kind.EXACT, reads=ADDRESS),
)
NAMED: Mapping[str, Column] = {column.key: column for column in COLUMNS}
"""Every column by its key, in their order."""
SEALED_FIELDS = (
    "sealed_serial",
    "filing__sealed_name",
    "filing__sealed_email",
    "filing__sealed_phone",
    "filing__sealed_address",
    "filing__sealed_payee",
)


def columns_named(keys: list[str]) -> tuple[Column, ...]:
    """The columns of these keys, in the order in which they are listed; an unknown one is none."""
    return tuple(column for column in COLUMNS if column.key in keys)
