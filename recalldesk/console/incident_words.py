"""The words of the pages of incidents: lists, what is left of the time, what happened, the hurt.

Guarantee: nothing of a person is in them; a row of the log without words of its own is said by its
label.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.audit.states import Reason
from recalldesk.incidents.alike import Share
from recalldesk.incidents.desk_lists import Hurting, IncidentList
from recalldesk.incidents.desk_page import Happening
from recalldesk.incidents.rules import Clock, Stage, left_in_words
from recalldesk.incidents.states import Care, Happened, HasUnit, IncidentSource, IncidentState


@dataclass(frozen=True)
class ListOfIncidents:
    """One list: its short name for a tab, its title, what is said of none."""

    key: IncidentList
    name: str
    title: str
    empty: str


LISTS = (
    ListOfIncidents(
        IncidentList.DECIDE, "To decide", "Incidents to decide", "Nothing waits for a decision."
    ),
    ListOfIncidents(
        IncidentList.NEWS,
        "Told after the decision",
        "Told after the decision",
        "Nothing was told after a decision that nobody looked at.",
    ),
    ListOfIncidents(
        IncidentList.TWICE,
        "Told twice?",
        "Reports that may tell of one event",
        "No two reports share a unit, a claim or a person.",
    ),
    ListOfIncidents(
        IncidentList.DECIDED, "Decided", "Decided incidents", "Nothing was decided yet."
    ),
    ListOfIncidents(IncidentList.ALL, "All", "All incidents", "No incident was told of."),
)
BY_KEY = {each.key: each for each in LISTS}
STATES: Mapping[IncidentState, str] = {
    IncidentState.OBTAINED: "to decide",
    IncidentState.FILED: "reported",
    IncidentState.NOT_REPORTABLE: "not reportable",
}
SOURCES: Mapping[IncidentSource, str] = {
    IncidentSource.DANGER_PAGE: "page for danger",
    IncidentSource.FORM: "form for reports",
    IncidentSource.DESK: "call or letter",
    IncidentSource.FILE: "file of reports",
}
HAPPENED: Mapping[Happened, str] = {
    Happened.EXPLOSION: "explosion",
    Happened.FIRE: "fire",
    Happened.SMOKE: "smoke",
    Happened.HEAT: "heat, melting",
    Happened.LEAK: "swelling, leak",
    Happened.SHOCK: "electric shock",
    Happened.OTHER: "something else",
}
CARES: Mapping[Care, str] = {
    Care.NONE: "no treatment",
    Care.FIRST_AID: "first aid",
    Care.DOCTOR: "doctor or emergency room",
    Care.HOSPITAL: "kept in hospital",
    Care.DEATH: "died",
    Care.UNKNOWN: "care not known",
}
HAS_UNIT: Mapping[HasUnit, str] = {
    HasUnit.YES: "with whoever told of it",
    HasUnit.NO: "gone",
    HasUnit.ELSEWHERE: "with the fire service, an insurer or somebody else",
}
SHARES: Mapping[Share, str] = {
    Share.UNIT: "same serial",
    Share.CLAIM: "same claim",
    Share.PERSON: "same person or address",
    Share.DAY: "same kind, product and country within a day",
}
NOT_SAID = "not said"


@dataclass(frozen=True)
class Left:
    """What is left of the time. `is_late`: it is over; `is_near`: the desk is reminded of it."""

    words: str
    is_late: bool
    is_near: bool


def left_of(clock: Clock, now: datetime) -> Left:
    """What is left of a clock."""
    stage = clock.stage(now)
    return Left(
        left_in_words(clock.due_at, now), is_late=stage is Stage.OVER, is_near=stage > Stage.FRESH
    )


def happened_words(happened: Happened | None) -> str:
    """What the unit did."""
    return HAPPENED[happened] if happened else NOT_SAID


def day_words(day: date | None, *, is_exact: bool) -> str:
    """When it happened."""
    if day is None:
        return NOT_SAID
    return f"{'' if is_exact else 'about '}{day.day} {day:%b %Y}"


def hurt_words(hurt: Hurting) -> str:
    """How many were hurt, and the gravest care that any had; empty for nobody."""
    if not hurt.people or hurt.care is None:
        return ""
    gravest = "" if hurt.people == 1 else "gravest: "
    return f"{hurt.people}, {gravest}{CARES[hurt.care]}"


def happening_words(row: Happening) -> str:
    """A row of the log."""
    if row.reason == Reason.LEARNED and row.before != row.after:
        return "More was told: open again"
    if row.reason == Reason.LOOKED_AT:
        return "What was told after the report was looked at"
    if not row.before:
        return "Obtained"
    if row.before != row.after:
        state = IncidentState(row.after)
        return "Open again" if state is IncidentState.OBTAINED else str(state.label)
    if row.reason == Reason.BY_PERSON:
        return "What was written down of the report was put right"
    return Reason(row.reason).label if row.reason else ""
