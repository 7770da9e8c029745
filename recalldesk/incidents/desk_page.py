"""One incident as its page shows it.

Guarantee: whatever tells of a person is masked, whoever looks: that something is known of
somebody's age or harm is said, what it is stands nowhere in here. Notes of the log go to whoever
may see what they may tell of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.masking import initials_of, masked_end
from recalldesk.claims.models import Claim, Contact
from recalldesk.evidence.reads import photos_of
from recalldesk.incidents.alike import Share, alike_to
from recalldesk.incidents.desk_lists import Hurting, hurting
from recalldesk.incidents.errors import NoSuchIncident
from recalldesk.incidents.found_again import AN_EMAIL, serial_of
from recalldesk.incidents.looking import shown_photos
from recalldesk.incidents.models import Incident
from recalldesk.incidents.opening import stamp_of
from recalldesk.incidents.rules import Clock, clock_since
from recalldesk.incidents.states import Care, Happened, IncidentSource, IncidentState
from recalldesk.mailing.reads import masked
from recalldesk.recalls.reads import live_recall
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class ShownInjury:
    """One person who was hurt, masked."""

    injury_id: int
    care: Care
    has_age: bool
    has_words: bool
    struck_at: datetime | None


@dataclass(frozen=True)
class ShownDamage:
    """Property that was damaged. `amount`: with its currency, or empty."""

    damage_id: int
    amount: str
    has_words: bool
    struck_at: datetime | None


@dataclass(frozen=True)
class Report:
    """A report of an event beside others of it, masked. `shares`: with the one that is shown."""

    number: int
    state: IncidentState
    source: IncidentSource
    obtained_at: datetime
    happened: Happened | None
    happened_on: date | None
    is_day_exact: bool
    product_key: str
    country: str
    serial: str
    contact: str
    hurt: Hurting
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Happening:
    """A row of the log. `note` is None where it is not for whoever looks."""

    at: datetime
    before: str
    after: str
    reason: str
    by: str
    note: str | None


@dataclass(frozen=True, repr=False)
class IncidentSeen:
    """All that the page shows. `clock`: None where nothing waits. `claim`: reference and position
    of its claim. `zone`: where the recall's days are counted; None where no recall is known."""

    incident: Incident
    own: Report
    clock: Clock | None
    zone: ZoneInfo | None
    injuries: tuple[ShownInjury, ...]
    damages: tuple[ShownDamage, ...]
    has_account: bool
    photos: int
    photos_shown: int
    claim: tuple[str, int] | None
    contacts: tuple[Contact, ...]
    counted: Report | None
    joined: tuple[Report, ...]
    alike: tuple[Report, ...]
    missing: tuple[str, ...]
    timeline: tuple[Happening, ...]
    stamp: str


def incident_seen(number: int, *, by: Staff) -> IncidentSeen:
    """The page of one. Raises NotPermitted, NoSuchIncident, SealingError."""
    require(by, Permission.SEE_INCIDENTS)
    rows = Incident.objects.select_related(
        "recall", "filing", "contact", "evidence", "decided_by", "same_as__recall"
    )
    incident = rows.filter(pk=number).first()
    if incident is None:
        raise NoSuchIncident(number)
    joined = list(incident.told_by.select_related("recall", "filing").order_by("obtained_at"))
    alike = alike_to(incident) if incident.same_as_id is None else []
    counted = incident.same_as
    beside = [
        incident,
        *joined,
        *(each.incident for each in alike),
        *([counted] if counted else []),
    ]
    hurt = hurting([each.pk for each in beside])
    shares = {each.incident.pk: each.shares for each in alike}
    reports = {
        each.pk: _report(each, hurt.get(each.pk, Hurting()), shares.get(each.pk, ()))
        for each in beside
    }
    injuries = tuple(_injuries(incident))
    return IncidentSeen(
        incident=incident,
        own=reports[incident.pk],
        clock=_clock(incident, joined),
        zone=_zone(incident),
        injuries=injuries,
        damages=tuple(_damages(incident)),
        has_account=bool(incident.sealed_account),
        photos=len(photos_of(incident.evidence)) if incident.evidence else 0,
        photos_shown=len(shown_photos(incident)),
        claim=_claim(incident),
        contacts=tuple(_contacts(incident)),
        counted=reports[counted.pk] if counted else None,
        joined=tuple(reports[each.pk] for each in joined),
        alike=tuple(reports[each.incident.pk] for each in alike),
        missing=missing_of(reports[incident.pk], incident, has_injuries=bool(injuries)),
        timeline=_timeline(incident, in_full=by.may(Permission.SEE_HEALTH)),
        stamp=stamp_of(incident),
    )


def missing_of(report: Report, incident: Incident, *, has_injuries: bool) -> tuple[str, ...]:
    """What nobody told yet, in the order in which one asks."""
    asked = (
        ("what happened", report.happened is not None),
        ("when it happened", report.happened_on is not None),
        ("whether anybody was hurt", has_injuries),
        ("an account in words", bool(incident.sealed_account)),
        ("which product", bool(report.product_key)),
        ("the serial", bool(report.serial)),
        ("the country", bool(report.country)),
        ("where the unit is now", bool(incident.has_unit)),
        ("how to reach whoever told of it", bool(report.contact)),
    )
    return tuple(words for words, is_known in asked if not is_known)


def _clock(incident: Incident, joined: Sequence[Incident]) -> Clock | None:
    if incident.state != IncidentState.OBTAINED or incident.same_as_id is not None:
        return None
    since = clock_since(
        obtained_at=incident.obtained_at,
        learned_at=incident.learned_at,
        joined_at=[each.obtained_at for each in joined],
    )
    return Clock(since)


def _zone(incident: Incident) -> ZoneInfo | None:
    live = live_recall(incident.recall.slug) if incident.recall else None
    return calendar_of(live.document).zone if live else None


def _injuries(incident: Incident) -> list[ShownInjury]:
    return [
        ShownInjury(
            row.pk, Care(row.care), bool(row.sealed_age), bool(row.sealed_harm), row.struck_at
        )
        for row in incident.injuries.order_by("pk")
    ]


def _damages(incident: Incident) -> list[ShownDamage]:
    return [
        ShownDamage(
            row.pk,
            f"{row.amount:,.2f} {row.currency}" if row.amount is not None else "",
            bool(row.sealed_what),
            row.struck_at,
        )
        for row in incident.damages.order_by("pk")
    ]


def _claim(incident: Incident) -> tuple[str, int] | None:
    if incident.filing is None:
        return None
    rows = Claim.objects.filter(filing=incident.filing).order_by("position")
    position = rows.values_list("position", flat=True).first()
    return (incident.filing.reference, position) if position else None


def _contacts(incident: Incident) -> list[Contact]:
    """The calls and letters by which it was told, and those of its claim."""
    which = Q(pk=incident.contact_id or 0)
    if incident.filing_id is not None:
        which |= Q(filing_id=incident.filing_id)
    rows = Contact.objects.filter(which)
    return list(rows.select_related("by").order_by("happened_at", "pk"))


def _report(incident: Incident, hurt: Hurting, shares: tuple[Share, ...]) -> Report:
    return Report(
        number=incident.pk,
        state=IncidentState(incident.state),
        source=IncidentSource(incident.source),
        obtained_at=incident.obtained_at,
        happened=Happened(incident.happened) if incident.happened else None,
        happened_on=incident.happened_on,
        is_day_exact=incident.is_day_exact,
        product_key=incident.product_key,
        country=incident.country,
        serial=masked_end(serial_of(incident)),
        contact=masked_contact(incident),
        hurt=hurt,
        shares=shares,
    )


def masked_contact(incident: Incident) -> str:
    """How whoever told of it is reached: initials, o•••@example.org; empty where nobody said."""
    filing = incident.filing
    if filing is not None:
        name, email, phone = (
            opened(filing, f"sealed_{each}") for each in ("name", "email", "phone")
        )
        return " ".join(each for each in (initials_of(name), masked(email), masked(phone)) if each)
    told = opened(incident, "sealed_contact")
    email = found[0] if (found := AN_EMAIL.search(told)) else ""
    reached = email or " ".join(part for part in told.split() if part[0] in "+(0123456789")
    name = " ".join(part for part in told.split() if part not in reached.split())
    return " ".join(each for each in (initials_of(name), masked(reached)) if each)


def _timeline(incident: Incident, *, in_full: bool) -> tuple[Happening, ...]:
    rows = StateChange.objects.filter(subject=Subject.INCIDENT, subject_id=incident.pk)
    changes = list(rows.select_related("note").order_by("-at", "-pk"))
    actors = {each.actor_id for each in changes if each.actor_id}
    names = dict(Staff.objects.filter(pk__in=actors).values_list("pk", "name"))
    return tuple(
        Happening(
            at=row.at,
            before=row.from_state,
            after=row.to_state,
            reason=row.reason,
            by=names.get(row.actor_id or 0, ""),
            note=(text_of(row.note) or None) if in_full and row.note else None,
        )
        for row in changes
    )
