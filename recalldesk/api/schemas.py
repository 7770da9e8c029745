"""The shapes that go in and out of the API. Input is strict: nothing is coerced."""

import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictStr

MediaTypeProblem = "application/problem+json"


class Strict(Schema):
    """Refuses unknown fields and coerced values."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CheckRequest(Strict):
    """One serial to check."""

    serial: Annotated[
        StrictStr,
        Field(
            min_length=1,
            max_length=200,
            description="As typed, scanned or read; spaces, dashes and small letters are fine.",
        ),
    ]
    model: Annotated[
        StrictStr | None,
        Field(
            max_length=100,
            description="A model or name. Never makes an answer less careful; one that no recall "
            "knows asks to look again.",
        ),
    ] = None
    country: Annotated[
        StrictStr | None,
        Field(pattern=r"^[A-Z]{2}$", description="ISO 3166. Checked; no answer depends on it yet."),
    ] = None
    second_look: Annotated[
        StrictStr | None,
        Field(max_length=600, description="The token of the last answer about the same unit."),
    ] = None


VerdictName = Literal["affected", "look_again", "ask_a_person", "not_affected"]


class RecallVerdict(Schema):
    """What one recall says."""

    recall: str
    version: int
    verdict: VerdictName
    claim_url: str | None


class CheckResponse(Schema):
    """The answer."""

    verdict: VerdictName
    why: str
    recalls: list[RecallVerdict]
    look_at: Annotated[
        list[int],
        Field(description="Places, from 1, in the serial without spaces and dashes."),
    ]
    second_look: Annotated[
        str | None, Field(description="Send it with the next attempt at the same unit.")
    ]
    checked_at: datetime.datetime
    next: Annotated[str, Field(description="What to do now, in a sentence.")]


class ProductSummary(Schema):
    """One product of a recall."""

    model: str
    names: list[str]
    variants: list[str]
    sold_since: datetime.date
    sold_until: datetime.date | None
    channels: list[str]
    serial_where: str


class RecallSummary(Schema):
    """A published recall, in a line."""

    recall: str
    version: int
    headline: str
    announced: datetime.date | None
    closed_at: datetime.datetime | None
    models: list[str]
    url: str
    check_url: str


class CountryUnits(Schema):
    """One country's part."""

    country: str
    units: int | None
    units_are_about: bool
    regulator: str
    case_number: str


class RemedySummary(Schema):
    """One remedy that is offered."""

    title: str
    explanation: str
    countries: list[str]
    days: int


class RecallDetail(RecallSummary):
    """A published recall."""

    firm: str
    summary: str
    hazard: str
    what_to_do: list[str]
    products: list[ProductSummary]
    jurisdictions: list[CountryUnits]
    remedies: list[RemedySummary]
    phone: str
    email: str
    published_at: datetime.datetime


class Problem(Schema):
    """An error after RFC 9457. `hint` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    hint: str
