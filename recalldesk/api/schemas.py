"""The shapes that go in and out of the API. Input is strict: nothing is coerced."""

import datetime
from typing import Annotated, Any, Literal, Self

from ninja import Schema
from pydantic import ConfigDict, Field, StrictStr, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from recalldesk.checks.json_form import COUNTRY, LONGEST_MODEL, LONGEST_TOKEN

MOST_CHECKS = 1_000
"""In one batch."""


class Strict(Schema):
    """Refuses unknown fields and coerced values."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CheckRequest(Strict):
    """One serial to check."""

    serial: Annotated[
        StrictStr,
        Field(
            min_length=1,
            description="As typed, scanned or read; spaces, dashes and small letters are fine. "
            "More than 200 characters without them are too long to look into: `look_again`.",
        ),
    ]
    model: Annotated[
        StrictStr | None,
        Field(
            max_length=LONGEST_MODEL,
            description="A model or name. Never makes an answer less careful; one that no recall "
            "knows asks to look again.",
        ),
    ] = None
    country: Annotated[
        StrictStr | None,
        Field(pattern=COUNTRY, description="ISO 3166. Checked; no answer depends on it yet."),
    ] = None
    second_look: Annotated[
        StrictStr | None,
        Field(
            max_length=LONGEST_TOKEN,
            description="The token of the last answer about the same unit.",
        ),
    ] = None


BY_HAND: JsonDict = {"properties": {"read_by": {"const": "hand"}, "symbology": {"type": "null"}}}
BY_SCANNER: JsonDict = {
    "properties": {"read_by": {"const": "scanner"}, "symbology": {"type": "string"}},
    "required": ["read_by", "symbology"],
}
READ_BY: JsonDict = {"oneOf": [BY_HAND, BY_SCANNER]}
"""What `_names_what_was_scanned` holds, as the description says it."""


class BatchedCheck(CheckRequest):
    """One serial of a batch."""

    model_config = ConfigDict(json_schema_extra=READ_BY)

    read_by: Annotated[
        Literal["hand", "scanner"],
        Field(
            description="How the serial was read. `scanner` needs a key with the right `scanner`, "
            "and `symbology`.",
        ),
    ] = "hand"
    symbology: Annotated[
        StrictStr | None,
        Field(
            pattern=r"^\][A-Za-z][0-9A-Za-z]$",
            description="The symbology identifier that the scanner sent (ISO/IEC 15424), such as "
            "`]C0`; not a part of `serial`. Only with `scanner`.",
        ),
    ] = None

    @model_validator(mode="after")
    def _names_what_was_scanned(self) -> Self:
        if (self.read_by == "scanner") != (self.symbology is not None):
            raise PydanticCustomError(
                "symbology", "symbology goes with read_by scanner, and with nothing else"
            )
        return self


class CheckBatch(Strict):
    """Many serials to check."""

    checks: Annotated[
        list[BatchedCheck],
        Field(min_length=1, max_length=MOST_CHECKS, description="1 to 1,000 checks."),
    ]


VerdictName = Literal["affected", "look_again", "ask_a_person", "not_affected"]


class RecallVerdict(Schema):
    """What one recall says."""

    recall: Annotated[
        str, Field(description="The recall's name, as in `/api/v1/recalls/{recall}`.")
    ]
    version: Annotated[int, Field(description="The version of the recall that was asked.")]
    verdict: Annotated[VerdictName, Field(description="What this recall says by itself.")]
    claim_url: Annotated[
        str | None,
        Field(
            description="The path on this server at which a claim begins; null with `not_affected`."
        ),
    ]


class OtherRecall(Schema):
    """A recall that is not answered for here, and in which the model number may stand."""

    model: Annotated[str, Field(description="The model number as it was found there.")]
    title: Annotated[str, Field(description="What the authority calls it.")]
    firm: Annotated[str, Field(description="Whose product it is; empty where that is not said.")]
    date: Annotated[datetime.date, Field(description="The day of the recall.")]
    agency: Annotated[str, Field(description="The authority: `CPSC`.")]
    number: Annotated[str, Field(description="The authority's number; empty where it has none.")]
    url: Annotated[str | None, Field(description="The notice to read.")]


class CheckResponse(Schema):
    """The answer."""

    verdict: Annotated[VerdictName, Field(description="The answer: the gravest of all recalls.")]
    why: Annotated[
        str,
        Field(description="What the verdict rests on. It chooses words only; values may come."),
    ]
    recalls: Annotated[
        list[RecallVerdict],
        Field(description="The recalls that gave the verdict, or know the form of the serial."),
    ]
    look_at: Annotated[
        list[int],
        Field(description="Places, from 1, in the serial without spaces and dashes."),
    ]
    second_look: Annotated[
        str | None, Field(description="Send it with the next attempt at the same unit.")
    ]
    checked_at: Annotated[
        datetime.datetime, Field(description="When the question was answered, in UTC.")
    ]
    next: Annotated[str, Field(description="What to do now, in a sentence.")]
    may_also_be_in: Annotated[
        list[OtherRecall],
        Field(
            description="Other recalls in whose text the model number stands, the newest three at "
            "most: possible, never an answer. An empty list says nothing."
        ),
    ]


class ProductSummary(Schema):
    """One product of a recall."""

    model: Annotated[str, Field(description="The model, as printed on the unit.")]
    names: Annotated[list[str], Field(description="The names under which it was sold.")]
    variants: Annotated[list[str], Field(description="Its colours or kinds.")]
    sold_since: Annotated[datetime.date, Field(description="The first day on which it was sold.")]
    sold_until: Annotated[
        datetime.date | None, Field(description="The last day; null while it is still sold.")
    ]
    channels: Annotated[list[str], Field(description="The shops that sold it.")]
    serial_where: Annotated[str, Field(description="Where its serial number stands.")]


class RecallSummary(Schema):
    """A published recall, in a line."""

    recall: Annotated[str, Field(description="The recall's name in addresses.")]
    version: Annotated[int, Field(description="The live version.")]
    headline: Annotated[str, Field(description="What is recalled, in a line.")]
    announced: Annotated[
        datetime.date | None,
        Field(description="The day on which the recall was announced, if that is known."),
    ]
    closed_at: Annotated[
        datetime.datetime | None,
        Field(description="When it was closed; a closed recall still answers checks."),
    ]
    models: Annotated[list[str], Field(description="The recalled models.")]
    url: Annotated[str, Field(description="Its page for owners.")]
    check_url: Annotated[str, Field(description="Its check page for owners.")]


class CountryUnits(Schema):
    """One country's part."""

    country: Annotated[str, Field(description="ISO 3166.")]
    units: Annotated[
        int | None,
        Field(
            description="The units that the firm states for the country; null where it states none."
        ),
    ]
    units_are_about: Annotated[bool, Field(description="Whether the number is rounded.")]
    regulator: Annotated[str, Field(description="The authority.")]
    case_number: Annotated[
        str, Field(description="The authority's number; empty until there is one.")
    ]


class RemedySummary(Schema):
    """One remedy that is offered."""

    title: Annotated[str, Field(description="What the owner gets.")]
    explanation: Annotated[str, Field(description="What that means for the owner.")]
    countries: Annotated[list[str], Field(description="Where it is offered, ISO 3166.")]
    days: Annotated[int, Field(description="Working days from approval until it is sent.")]


class BrandContact(Schema):
    """The people behind one of the recall's brands."""

    brand: Annotated[str, Field(description="The brand, as owners know it.")]
    models: Annotated[list[str], Field(description="Which of the products are its own.")]
    phone: Annotated[str, Field(description="A person answers here; with the country's code.")]
    email: Annotated[str, Field(description="A person answers here.")]


class RecallDetail(RecallSummary):
    """A published recall."""

    firm: Annotated[str, Field(description="Who recalls.")]
    summary: Annotated[str, Field(description="The recall in a few sentences.")]
    hazard: Annotated[str, Field(description="What can happen.")]
    what_to_do: Annotated[list[str], Field(description="What owners do, in this order.")]
    products: Annotated[list[ProductSummary], Field(description="The recalled products.")]
    jurisdictions: Annotated[list[CountryUnits], Field(description="The countries of the recall.")]
    remedies: Annotated[list[RemedySummary], Field(description="What owners can choose.")]
    phone: Annotated[str, Field(description="A person answers here; with the country's code.")]
    email: Annotated[str, Field(description="A person answers here.")]
    contacts: Annotated[
        list[BrandContact],
        Field(description="Whom owners of each brand ask; `phone` and `email` are the first's."),
    ]
    published_at: Annotated[
        datetime.datetime, Field(description="When the live version was published.")
    ]


class Problem(Schema):
    """An error after RFC 9457. `hint` says what to do."""

    type: Annotated[str, Field(description="What to compare; docs/api.md lists them.")]
    title: Annotated[str, Field(description="What is wrong, in short.")]
    status: Annotated[int, Field(description="The HTTP status.")]
    detail: Annotated[
        str, Field(description="What is wrong with this request; it never repeats a serial.")
    ]
    hint: Annotated[str, Field(description="What to do.")]


class TooMany(Problem):
    """Too many checks from one client. `Retry-After` says when to come back without a proof."""

    challenge: Annotated[
        dict[str, Any] | None,
        Field(
            description="A challenge of ALTCHA, version 2. Its solution, sent with the same "
            "request, is answered at once. Null where no proof helps now."
        ),
    ]
    ticket: Annotated[
        str | None,
        Field(
            description="Sent in place of a solution once the seconds of `Retry-After` are over, "
            "it is taken as well. Null where no proof helps now."
        ),
    ]


class BatchAnswers(Schema):
    """The answers to a batch."""

    answers: Annotated[
        list[CheckResponse | Problem],
        Field(
            description="One for each check, in the same order: its answer, or a problem in its "
            "place, which leaves the others as they are. An answer has `verdict`, a problem `type`."
        ),
    ]
