"""A claim's life as sections of records, the same for the JSON and the PDF. Without Django.

Guarantee: what a record holds is in the JSON, with its type; the PDF shows what the columns name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Value = str | int | bool | date | datetime | None
Record = Mapping[str, Value]


class Layout(StrEnum):
    """How the PDF shows a section's records."""

    FACTS = "facts"
    TABLE = "table"
    TEXTS = "texts"


@dataclass(frozen=True)
class Column:
    """One value of each record. `weight` is the share of a table's width; `is_code`: digits."""

    key: str
    title: str
    weight: int = 2
    is_code: bool = False


TEXT = "text"
"""The key of what a record of TEXTS says, under its other values."""


@dataclass(frozen=True)
class Section:
    """Records of one kind. `none` is said where there are none."""

    name: str
    title: str
    layout: Layout
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    none: str = "None."
    explanation: str = ""


@dataclass(frozen=True)
class ClaimLife:
    """All of it, and who took it out of the database, when and why."""

    reference: str
    recall: str
    exported_by: str
    exported_at: datetime
    reason: str
    shows_personal: bool
    head: str
    sections: tuple[Section, ...]
