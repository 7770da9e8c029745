"""The shapes in which partners tell stock and refunds. Input is strict: nothing is coerced."""

import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
)

from recalldesk.api.schemas import Strict
from recalldesk.remedies.corrections.rows import LONGEST_REFERENCE, LONGEST_SERIAL, MOST_UNITS


def _whole(value: object) -> object:
    """1.0 is a whole number to JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Counted = Annotated[StrictInt, Field(ge=0, le=MOST_UNITS), BeforeValidator(_whole)]
Units = Annotated[StrictInt, Field(ge=1, le=MOST_UNITS), BeforeValidator(_whole)]
RecallName = Annotated[
    StrictStr,
    Field(pattern=r"^[a-z0-9-]{1,60}$", description="One of which the partner was told."),
]
Day = Annotated[
    datetime.date,
    Field(strict=False, description="The day it happened, or was counted; none ahead."),
]
Name = Annotated[
    StrictStr,
    Field(
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="Your own name of this very report. Sent again, it counts once.",
    ),
]
Reference = Annotated[
    StrictStr,
    Field(
        max_length=LONGEST_REFERENCE,
        description="Your own number of it; no name of a person.",
    ),
]
MovementKind = Literal["on_hand", "quarantined", "returned", "destroyed"]


class StockTold(Strict):
    """A count, of which the newest holds, or a movement, which adds up."""

    name: Name
    recall: RecallName
    kind: Annotated[
        MovementKind,
        Field(
            description="`on_hand`: all that you still have; `quarantined`: of these, kept apart; "
            "`returned` to the firm and `destroyed` count as corrected at your level."
        ),
    ]
    units: Annotated[
        Counted,
        Field(description="From 1 on where they were returned or destroyed."),
    ]
    happened_on: Day
    product: Annotated[
        StrictStr | None,
        Field(
            pattern=r"^[a-z0-9-]{1,60}$",
            description="The product's key; may be left out where the recall has one.",
        ),
    ] = None
    came_back: Annotated[
        StrictBool,
        Field(description="They came back from customers, whose refunds count them."),
    ] = False
    reference: Reference = ""


class StockKept(Schema):
    """The row that was kept."""

    number: Annotated[int, Field(description="The row's number, by which it is taken back.")]
    recall: Annotated[str, Field(description="The recall's name.")]
    kind: Annotated[MovementKind, Field(description="As it was told.")]
    product: Annotated[str, Field(description="The product's key.")]
    units: Annotated[int, Field(description="As they were told.")]
    happened_on: Annotated[datetime.date, Field(description="As it was told.")]
    told_at: Annotated[datetime.datetime, Field(description="When it was first kept, in UTC.")]
    counts_as_corrected: Annotated[
        bool, Field(description="Whether it counts as corrected at the partner's level.")
    ]


class RefundReport(Strict):
    """A customer's unit, or several of which no serial is known."""

    name: Name
    recall: RecallName
    measure: Annotated[
        Literal["refunded", "replaced", "repaired"], Field(description="What the customer got.")
    ]
    happened_on: Day
    serial: Annotated[
        StrictStr | None,
        Field(
            min_length=1, max_length=LONGEST_SERIAL, description="Of one unit; else say `units`."
        ),
    ] = None
    units: Annotated[
        Units | None,
        Field(description="How many, where no serial is known; leave it out beside one."),
    ] = None
    reference: Reference = ""


class RefundKept(Schema):
    """The report that was kept."""

    number: Annotated[int, Field(description="The report's number, by which it is taken back.")]
    recall: Annotated[str, Field(description="The recall's name.")]
    measure: Annotated[
        Literal["refunded", "replaced", "repaired"], Field(description="As it was told.")
    ]
    units: Annotated[int, Field(description="1 where a serial was told.")]
    happened_on: Annotated[datetime.date, Field(description="As it was told.")]
    told_at: Annotated[datetime.datetime, Field(description="When it was first kept, in UTC.")]
