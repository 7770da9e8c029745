"""Whom a wave would reach now and whom not, counted before anybody is written to.

Guarantees: each purchaser is either reached or stands under exactly one reason, so that those
reached and each reason add up to all; likewise each unit; it is counted from the same rows from
which the wave is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.outreach.audience.gathering import gather, lapsed_since
from recalldesk.outreach.audience.statements import PERHAPS_TOLD, UNUSED
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WAYS_TO, WaveKind, Way
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.reads import document_of, live_version, newest_version


class NotReached(StrEnum):
    """Why a purchaser, or a unit, is not reached by a wave."""

    NO_BUYER = "no_buyer"
    NO_CONTACT = "no_contact"
    NO_WAY = "no_way"
    SUPPRESSED = "suppressed"
    TOLD = "told"
    NOT_DUE = "not_due"
    AT_REST = "at_rest"

    @property
    def words(self) -> str:
        """As it is said at the desk."""
        return WORDS[self]


WORDS: Mapping[NotReached, str] = {
    NotReached.NO_BUYER: "No file names who bought it",
    NotReached.NO_CONTACT: "No file names a contact",
    NotReached.NO_WAY: "No contact that this wave's ways reach",
    NotReached.SUPPRESSED: "Not to be written to",
    NotReached.TOLD: "Told already, or being told",
    NotReached.NOT_DUE: "Not told yet, or too short ago for a reminder",
    NotReached.AT_REST: "As many units are answered for as were bought",
}
CONTACTS: Mapping[ContactKind, tuple[str, str]] = {
    ContactKind.EMAIL: ("e-mail address", "e-mail addresses"),
    ContactKind.ALIAS: ("shop's alias", "shops' aliases"),
    ContactKind.PHONE: ("phone number", "phone numbers"),
    ContactKind.ADDRESS: ("postal address", "postal addresses"),
}
PURCHASERS = """
SELECT f.why, count(*), count(DISTINCT p.person_id)
FROM told_fate f JOIN purchasers_purchaser p ON p.id = f.purchaser_id GROUP BY f.why
"""
UNITS = "SELECT why, channel, sum(units)::bigint FROM told_unit GROUP BY why, channel"
NOTICES = """
SELECT way, language, country, count(*), count(wish_id), count(passed_on_id) FROM told_notice
WHERE kept_back = '' GROUP BY way, language, country
"""


@dataclass(frozen=True)
class Preview:
    """What a wave would send. `notices`: how many, of which `to_wishes` to those who asked to be
    told, `to_new_owners` to whom somebody named who was told; `perhaps_told`: to contacts of which
    a letter or call was handed out that nobody finished. `purchasers`, `units`: all who are meant;
    those with `_reached`: of whom at least one contact gets a notice; `not_reached`,
    `units_not_reached`: why not; `unused`: of a first notice, contacts of theirs that were told
    nothing yet and that no way of the wave reaches. `units_by_channel`: reached. `costs`: of each
    way that has a price, in `currency`."""

    notices: int
    to_wishes: int
    to_new_owners: int
    perhaps_told: int
    by_way: Mapping[Way, int]
    by_language: Mapping[str, int]
    by_country: Mapping[str, int]
    by_way_and_language: Mapping[tuple[Way, str], int]
    purchasers: int
    purchasers_reached: int
    persons_reached: int
    units: int
    units_reached: int
    units_by_channel: Mapping[str, int]
    not_reached: Mapping[NotReached, int]
    units_not_reached: Mapping[NotReached, int]
    costs: Mapping[Way, Decimal] = field(default_factory=dict)
    currency: str = ""
    unused: Mapping[ContactKind, int] = field(default_factory=dict)

    @property
    def unused_in_words(self) -> str:
        """As `3 phone numbers, 1 postal address`; empty for none."""
        found = ((self.unused.get(kind, 0), words) for kind, words in CONTACTS.items())
        return ", ".join(f"{n:,} {words[n != 1]}" for n, words in found if n)

    @property
    def cost(self) -> Decimal | None:
        """Of the whole, as far as prices are named; None where none is."""
        return sum(self.costs.values(), Decimal(0)) if self.costs else None

    def stored(self) -> dict[str, Any]:
        """As JSON, to be kept with what was approved."""
        return {
            "notices": self.notices,
            "to_wishes": self.to_wishes,
            "to_new_owners": self.to_new_owners,
            "perhaps_told": self.perhaps_told,
            "by_way": dict(self.by_way),
            "by_language": dict(self.by_language),
            "by_country": dict(self.by_country),
            "purchasers": self.purchasers,
            "purchasers_reached": self.purchasers_reached,
            "persons_reached": self.persons_reached,
            "units": self.units,
            "units_reached": self.units_reached,
            "not_reached": {why.value: count for why, count in self.not_reached.items()},
            "cost": None if self.cost is None else str(self.cost),
            "currency": self.currency,
        }


@transaction.atomic
def preview(wave: Wave, *, by: Staff) -> Preview:
    """What the wave would send if it began now. Raises NotPermitted, AudienceRefused."""
    require(by, Permission.SEE_PURCHASERS)
    version = live_version(wave.recall) or newest_version(wave.recall)
    assert version is not None  # a wave is of a recall that was live
    gather(wave, document_of(version).languages)
    return counted(wave)


def counted(wave: Wave) -> Preview:
    """What was gathered in this transaction, counted."""
    ways: dict[Way, int] = {}
    languages: dict[str, int] = {}
    countries: dict[str, int] = {}
    texts: dict[tuple[Way, str], int] = {}
    wishes = new_owners = 0
    for word, language, country, count, of_wishes, of_owners in _rows(NOTICES):
        way, wishes, new_owners = Way(word), wishes + of_wishes, new_owners + of_owners
        _add(ways, way, count)
        _add(languages, language, count)
        _add(countries, country, count)
        _add(texts, (way, language), count)
    people = {why: (count, persons) for why, count, persons in _rows(PURCHASERS)}
    units: dict[str, int] = {}
    channels: dict[str, int] = {}
    for why, channel, count in _rows(UNITS):
        _add(units, why, count)
        if not why:
            _add(channels, channel, count)
    return Preview(
        notices=sum(ways.values()),
        to_wishes=wishes,
        to_new_owners=new_owners,
        perhaps_told=_perhaps_told(wave),
        by_way={way: ways[way] for way in Way if way in ways},
        by_language=languages,
        by_country=countries,
        by_way_and_language=texts,
        purchasers=sum(count for count, _ in people.values()),
        purchasers_reached=people.get("", (0, 0))[0],
        persons_reached=people.get("", (0, 0))[1],
        units=sum(units.values()),
        units_reached=units.get("", 0),
        units_by_channel=channels,
        not_reached={why: people[why][0] for why in NotReached if why in people},
        units_not_reached={why: units[why] for why in NotReached if why in units},
        costs=_costs(wave, ways),
        currency=wave.currency,
        unused=_unused(wave) if wave.kind == WaveKind.FIRST else {},
    )


def _unused(wave: Wave) -> dict[ContactKind, int]:
    kinds = [kind.value for kind, ways in WAYS_TO.items() if {*ways} & {*wave.ways}]
    asked = {"recall": wave.recall_id, "kinds": kinds, "lapsed_since": lapsed_since()}
    return {ContactKind(kind): count for kind, count in _rows(UNUSED, asked)}


def _perhaps_told(wave: Wave) -> int:
    ((count,),) = _rows(PERHAPS_TOLD, {"recall": wave.recall_id, "lapsed_since": lapsed_since()})
    return int(count)


def _costs(wave: Wave, ways: Mapping[Way, int]) -> dict[Way, Decimal]:
    return {
        way: Decimal(wave.costs[way.value]) * count
        for way, count in ways.items()
        if way.value in wave.costs
    }


def _rows(statement: str, asked: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _add(counts: dict[Any, int], key: object, count: int) -> None:
    counts[key] = counts.get(key, 0) + count
