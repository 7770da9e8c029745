"""What the templates of incidents are given. Nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from recalldesk.console.claim_shown import address_of as address_of_claim
from recalldesk.console.claim_words import in_words
from recalldesk.console.incident_words import (
    CARES,
    HAS_UNIT,
    NOT_SAID,
    SHARES,
    SOURCES,
    STATES,
    Left,
    day_words,
    happened_words,
    happening_words,
    hurt_words,
    left_of,
)
from recalldesk.console.queue_words import received_words
from recalldesk.incidents.desk_lists import IncidentRow
from recalldesk.incidents.desk_page import IncidentSeen, Report
from recalldesk.incidents.states import Care, HasUnit, IncidentState

GRAVE = frozenset({Care.DEATH, Care.HOSPITAL})
FIRST_ENTRIES = 8
Fact = tuple[str, str]


@dataclass(frozen=True)
class TableRow:
    """One incident as a list shows it. `left`: None where nothing waits."""

    number: int
    url: str
    obtained: str
    left: Left | None
    state: str
    happened: str
    hurt: str
    is_grave: bool
    recall: str
    country: str
    source: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ShownReport:
    """A report beside others. `facts`: one for each line of the comparison."""

    number: int
    url: str
    state: str
    shares: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Entry:
    """A row of the timeline."""

    at: datetime
    words: str
    by: str
    note: str


def address_of(number: int, name: str = "incident", **more: object) -> str:
    """An address of an incident."""
    return reverse(f"console:{name}", kwargs={"number": number, **more})


def table_of(rows: Iterable[IncidentRow], now: datetime) -> list[TableRow]:
    """The rows of a list."""
    return [_row(row, now) for row in rows]


def _row(row: IncidentRow, now: datetime) -> TableRow:
    tags = []
    if row.has_news:
        tags.append("told after the decision")
    if row.reports > 1:
        tags.append(f"{row.reports} reports")
    if row.same_as:
        tags.append(f"counted as {row.same_as}")
    return TableRow(
        number=row.number,
        url=address_of(row.number),
        obtained=received_words(row.obtained_at, now.date()),
        left=left_of(row.clock, now) if row.clock else None,
        state=STATES[row.state],
        happened=happened_words(row.happened),
        hurt=hurt_words(row.hurt),
        is_grave=row.hurt.care in GRAVE,
        recall=row.recall or "not known",
        country=row.country,
        source=SOURCES[row.source],
        tags=tuple(tags),
    )


def values_of(seen: IncidentSeen, now: datetime) -> dict[str, Any]:
    """The page of one."""
    incident, number = seen.incident, seen.own.number
    entries = [entry for row in seen.timeline if (entry := _entry(row)).words]
    beside = [each for each in (seen.counted, *seen.joined, *seen.alike) if each]
    return {
        "seen": seen,
        "number": number,
        "recall": incident.recall.slug if incident.recall else "recall not known",
        "state": STATES[seen.own.state],
        "is_open": seen.own.state is IncidentState.OBTAINED,
        "is_filed": seen.own.state is IncidentState.FILED,
        "left": left_of(seen.clock, now) if seen.clock else None,
        "is_grave": seen.own.hurt.care in GRAVE,
        "facts": _facts(seen),
        "moments": _moments(seen),
        "injuries": [(row, CARES[row.care]) for row in seen.injuries],
        "hurt": hurt_words(seen.own.hurt),
        "claim_url": address_of_claim(*seen.claim) if seen.claim else "",
        "missing": in_words(list(seen.missing)),
        "own": _report(seen.own),
        "counted": _report(seen.counted) if seen.counted else None,
        "joined": [_report(each) for each in seen.joined],
        "alike": [_report(each) for each in seen.alike],
        "lines": _lines(seen.own, beside),
        "entries": entries,
        "more_entries": len(entries) - FIRST_ENTRIES,
        **{
            f"{way}_url": address_of(number, f"incident_{way}")
            for way in ("decide", "same", "strike", "learn", "full")
        },
    }


def _entry(row: Any) -> Entry:
    return Entry(row.at, happening_words(row), row.by, row.note or "")


def _facts(seen: IncidentSeen) -> list[Fact]:
    own, incident = seen.own, seen.incident
    told_on = incident.told_on
    facts = [
        ("What happened", happened_words(own.happened)),
        ("When", day_words(own.happened_on, is_exact=own.is_day_exact)),
        ("Product", own.product_key or NOT_SAID),
        ("Serial", own.serial or NOT_SAID),
        ("Country", own.country or NOT_SAID),
        ("The unit is", HAS_UNIT[HasUnit(incident.has_unit)] if incident.has_unit else NOT_SAID),
        ("Told by", own.contact or NOT_SAID),
        ("Came by", SOURCES[own.source]),
    ]
    if incident.outside_number:
        facts.append(("Its number there", incident.outside_number))
    if told_on:
        facts.append(("Told there on", day_words(told_on, is_exact=True)))
    return facts


def _moments(seen: IncidentSeen) -> list[Fact]:
    """The moments of the clock, each in UTC and where the recall's days are counted."""
    incident = seen.incident
    found = [("We obtained it", _moment(incident.obtained_at, seen))]
    if seen.clock and seen.clock.since != incident.obtained_at:
        found.append(("The clock counts from", _moment(seen.clock.since, seen)))
    if seen.clock:
        found.append(("Decide by", _moment(seen.clock.due_at, seen)))
    if incident.reminded_at:
        found.append(("Last reminded", _moment(incident.reminded_at, seen)))
    if incident.reported_at and incident.state == IncidentState.FILED:
        found.append(("Reported", _moment(incident.reported_at, seen)))
        found.append(("The authority’s reference", incident.authority_reference))
    if incident.decided_at and incident.decided_by:
        found.append(
            ("Decided last", f"{_moment(incident.decided_at, seen)}, {incident.decided_by.name}")
        )
    if incident.learned_at:
        found.append(("More was told", _moment(incident.learned_at, seen)))
    return found


def _moment(at: datetime, seen: IncidentSeen) -> str:
    words = f"{at.day} {at:%b %Y %H:%M} UTC"
    if seen.zone is None:
        return words
    there = at.astimezone(seen.zone)
    is_same = there.utcoffset() == at.utcoffset()
    return words if is_same else f"{words} ({there.day} {there:%b %H:%M} {there:%Z})"


def _report(report: Report) -> ShownReport:
    return ShownReport(
        number=report.number,
        url=address_of(report.number),
        state=STATES[report.state],
        shares=in_words([SHARES[each] for each in report.shares]),
        facts=tuple(_compared(report)),
    )


def _compared(report: Report) -> list[Fact]:
    obtained = report.obtained_at
    return [
        ("State", STATES[report.state]),
        ("Obtained", f"{obtained.day} {obtained:%b %Y %H:%M} UTC"),
        ("What happened", happened_words(report.happened)),
        ("When", day_words(report.happened_on, is_exact=report.is_day_exact)),
        ("Product", report.product_key or NOT_SAID),
        ("Serial", report.serial or NOT_SAID),
        ("Country", report.country or NOT_SAID),
        ("Told by", report.contact or NOT_SAID),
        ("People hurt", hurt_words(report.hurt) or "nobody told of"),
        ("Came by", SOURCES[report.source]),
    ]


def _lines(own: Report, beside: list[Report]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The comparison, line by line: what each report says, and whether it says the same as this."""
    if not beside:
        return []
    columns = [_compared(own), *(_compared(each) for each in beside)]
    return [
        (
            head,
            [
                (column[line][1], number > 0 and value != NOT_SAID and column[line][1] == value)
                for number, column in enumerate(columns)
            ],
        )
        for line, (head, value) in enumerate(columns[0])
    ]
