"""Reports that may tell of one event: what two of them share.

Guarantees: what is shared is a lead for a person and joins nothing by itself; two that somebody
kept apart are not named again; nothing sealed is opened to find them, so that ten thousand reports
are asked by a few indexed questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from recalldesk.claims.models import FilingKey
from recalldesk.claims.states import KeyKind
from recalldesk.incidents.models import ApartReports, Incident

OF_A_PERSON = (KeyKind.EMAIL, KeyKind.PHONE, KeyKind.ADDRESS)
"""Keys of a claim that stand for a person or a home."""
DAYS_APART = timedelta(days=1)
MOST_NAMED = 10


class Share(StrEnum):
    """What two reports have in common, the strongest first."""

    UNIT = "unit"
    CLAIM = "claim"
    PERSON = "person"
    DAY = "day"


STRONG = frozenset({Share.UNIT, Share.CLAIM, Share.PERSON})
"""What puts a report in the list of those that may be told twice. The same kind of thing on the
same day in the same country is shown on the report's page, and happens by chance."""


@dataclass(frozen=True)
class Told:
    """What is compared of one report. `person`: digests; `happened_on` is None where it is not
    known, or not to the day."""

    unit: bytes = b""
    claim: int | None = None
    person: frozenset[bytes] = frozenset()
    happened: str = ""
    happened_on: date | None = None
    product_key: str = ""
    country: str = ""


def shared(one: Told, other: Told) -> tuple[Share, ...]:
    """What two reports have in common, the strongest first; the same whichever is named first."""
    found = (
        (Share.UNIT, bool(one.unit) and one.unit == other.unit),
        (Share.CLAIM, one.claim is not None and one.claim == other.claim),
        (Share.PERSON, bool(one.person & other.person)),
        (Share.DAY, _is_one_day(one, other)),
    )
    return tuple(share for share, is_so in found if is_so)


def _is_one_day(one: Told, other: Told) -> bool:
    if one.happened_on is None or other.happened_on is None:
        return False
    near = abs(one.happened_on - other.happened_on) <= DAYS_APART
    return near and all(
        mine and mine == theirs
        for mine, theirs in (
            (one.happened, other.happened),
            (one.product_key, other.product_key),
            (one.country, other.country),
        )
    )


@dataclass(frozen=True)
class Alike:
    """Another report, and what it shares."""

    incident: Incident
    shares: tuple[Share, ...]


def alike_to(incident: Incident, *, most: int = MOST_NAMED) -> list[Alike]:
    """The reports that may tell of the same event, the strongest leads first."""
    own = _told([incident])[incident.pk]
    rows = list(_candidates(incident, own)[: 20 * most])
    told = _told(rows)
    found = [Alike(row, shared(own, told[row.pk])) for row in rows]
    order = list(Share)
    named = sorted(
        (each for each in found if each.shares),
        key=lambda each: (order.index(each.shares[0]), -len(each.shares), -each.incident.pk),
    )
    return named[:most]


def _candidates(incident: Incident, own: Told) -> QuerySet[Incident]:
    leads = Q(pk=None)
    if own.unit:
        leads |= Q(serial_digest=own.unit)
    if own.claim is not None:
        leads |= Q(filing_id=own.claim) | Q(contact__filing_id=own.claim)
    if own.person:
        keyed = FilingKey.objects.filter(digest__in=own.person, kind__in=OF_A_PERSON)
        leads |= Q(contact_digest__in=own.person) | Q(filing_id__in=keyed.values("filing_id"))
    if own.happened_on and own.happened and own.product_key and own.country:
        leads |= Q(
            happened_on__range=(own.happened_on - DAYS_APART, own.happened_on + DAYS_APART),
            is_day_exact=True,
            happened=own.happened,
            product_key=own.product_key,
            country=own.country,
        )
    rows = Incident.objects.filter(leads, same_as=None).exclude(pk=incident.pk)
    if incident.recall_id is not None:
        rows = rows.filter(Q(recall_id=incident.recall_id) | Q(recall=None))
    kept = ApartReports.objects.filter(Q(first=incident.pk) | Q(second=incident.pk))
    apart = {number for pair in kept.values_list("first", "second") for number in pair}
    return rows.exclude(pk__in=apart).select_related("recall", "filing", "contact").order_by("-pk")


def _told(rows: Iterable[Incident]) -> dict[int, Told]:
    """What is compared of each."""
    rows = list(rows)
    persons: dict[int, set[bytes]] = {}
    keys = FilingKey.objects.filter(
        filing_id__in=[row.filing_id for row in rows if row.filing_id], kind__in=OF_A_PERSON
    )
    for filing_id, digest in keys.values_list("filing_id", "digest"):
        persons.setdefault(filing_id, set()).add(bytes(digest))
    return {row.pk: _of(row, persons.get(row.filing_id or 0, set())) for row in rows}


def _of(row: Incident, person: set[bytes]) -> Told:
    contact = bytes(row.contact_digest)
    claim = row.filing_id or (row.contact.filing_id if row.contact else None)
    return Told(
        unit=bytes(row.serial_digest),
        claim=claim,
        person=frozenset({*person, *([contact] if contact else [])}),
        happened=row.happened,
        happened_on=row.happened_on if row.is_day_exact else None,
        product_key=row.product_key,
        country=row.country,
    )


TOLD_TWICE = """
WITH keyed AS (
    SELECT id, recall_id, 'unit' AS kind, serial_digest AS digest FROM incidents_incident
        WHERE same_as_id IS NULL AND serial_digest <> ''::bytea
    UNION SELECT id, recall_id, 'person', contact_digest FROM incidents_incident
        WHERE same_as_id IS NULL AND contact_digest <> ''::bytea
    UNION SELECT told.id, told.recall_id, 'person', key.digest FROM incidents_incident told
        JOIN claims_filingkey key ON key.filing_id = told.filing_id AND key.kind = ANY(%s)
        WHERE told.same_as_id IS NULL
    UNION SELECT id, recall_id, 'claim', int8send(filing_id) FROM incidents_incident
        WHERE same_as_id IS NULL AND filing_id IS NOT NULL
    UNION SELECT told.id, told.recall_id, 'claim', int8send(call.filing_id)
        FROM incidents_incident told JOIN claims_contact call ON call.id = told.contact_id
        WHERE told.same_as_id IS NULL AND call.filing_id IS NOT NULL
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY kind, digest) AS sharing FROM keyed
)
SELECT one.id FROM counted one JOIN counted other USING (kind, digest)
WHERE one.id <> other.id AND one.sharing <= %s
    AND (one.recall_id = other.recall_id OR one.recall_id IS NULL OR other.recall_id IS NULL)
    AND NOT EXISTS (
        SELECT FROM incidents_apartreports apart
        WHERE apart.first_id = least(one.id, other.id)
            AND apart.second_id = greatest(one.id, other.id)
    )
"""
MOST_SHARING = 20
"""What more reports share says nothing of any two: the number of a lawyer, of a shop."""


def may_be_told_twice() -> Q:
    """The counted reports that share something strong with another counted one of their recall,
    from which nobody kept them apart: one question, however many there are."""
    kinds = [int(each) for each in OF_A_PERSON]
    return Q(pk__in=RawSQL(TOLD_TWICE, (kinds, MOST_SHARING)))  # noqa: S611 - a text of ours
