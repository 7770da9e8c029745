"""The door to sites: the nearest for an owner, and the lists of the desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.disposal.distances import IN_MILES, KM_OF_A_MILE, Position
from recalldesk.disposal.models import CollectionSite, SiteFile, SiteRefusal, SiteReject
from recalldesk.disposal.nearest import nearest_sites
from recalldesk.disposal.rules import (
    FARTHEST_KM,
    FARTHEST_MILES,
    MOST_REFUSED_SHOWN,
    MOST_SHOWN,
    SHOWN_FOR,
    Standing,
    TurnedAway,
)
from recalldesk.disposal.states import Refused, Takes
from recalldesk.foundation import clock
from recalldesk.sealing.fields_of_rows import opened

LOOKED_AT = 40
PAGE = 50
FILES_SHOWN = 20


@dataclass(frozen=True)
class SiteNear:
    """A site as an owner is shown it."""

    site: CollectionSite
    km: float
    standing: Standing


def farthest_km(country: str) -> float:
    """How far an owner is sent at most."""
    return FARTHEST_MILES * KM_OF_A_MILE if country in IN_MILES else FARTHEST_KM


def sites_near(centre: Position, country: str) -> Sequence[SiteNear]:
    """The nearest, by distance; after them some of those between that turned owners away often."""
    most = LOOKED_AT
    while True:
        near = nearest_sites(centre, country=country, most=most, within_km=farthest_km(country))
        standings = standings_of(each.site_id for each in near)
        good = [each for each in near if not standings[each.site_id].refuses_often][:MOST_SHOWN]
        if len(good) == MOST_SHOWN or len(near) < most:
            break
        most *= 4
    ends = good[-1].km if len(good) == MOST_SHOWN else farthest_km(country)
    often = [each for each in near if standings[each.site_id].refuses_often and each.km <= ends]
    # Where there is nothing else, nobody's word takes one from the page.
    shown = [*good, *often[: MOST_REFUSED_SHOWN if good else MOST_SHOWN]]
    sites = CollectionSite.objects.in_bulk([each.site_id for each in shown])
    return [
        SiteNear(sites[each.site_id], each.km, standings[each.site_id])
        for each in shown
        if each.site_id in sites
    ]


def standings_of(site_ids: Iterable[int]) -> Mapping[int, Standing]:
    """What is known of sites, by their numbers."""
    ids = list(site_ids)
    rows = CollectionSite.objects.filter(pk__in=ids).values_list("pk", "takes", "checked_on")
    said: dict[int, list[TurnedAway]] = {number: [] for number in ids}
    for refusal in refusals_shown(clock.now()).filter(site_id__in=ids).order_by("-at", "-pk"):
        said[refusal.site_id].append(TurnedAway(refusal.at.date(), Refused(refusal.reason)))
    known = {number: (Takes(takes), on) for number, takes, on in rows}
    return {number: Standing(*known[number], tuple(said[number])) for number in known}


def refusals_shown(now: datetime) -> QuerySet[SiteRefusal]:
    """What owners said that is shown to others: not too old, and not set aside by the desk."""
    return SiteRefusal.objects.filter(at__gt=now - SHOWN_FOR, set_aside_at__isnull=True)


def site_or_none(number: int) -> CollectionSite | None:
    """A site by its number, open or closed."""
    return (
        CollectionSite.objects.filter(pk=number).select_related("brought_by", "closed_by").first()
    )


@dataclass(frozen=True)
class SitesAsked:
    """What the desk's list is narrowed to. `standing`: open, closed, refused or unchecked."""

    text: str = ""
    country: str = ""
    takes: str = ""
    standing: str = ""


def narrowed(rows: QuerySet[CollectionSite], text: str) -> QuerySet[CollectionSite]:
    """Those of which a name, street, town, postal code or number has each word of the text."""
    for part in text.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=part)
            | Q(address__icontains=part)
            | Q(city__icontains=part)
            | Q(postal_code__istartswith=part)
            | Q(outside_id=part)
        )
    return rows


def sites_listed(asked: SitesAsked, *, by: Staff) -> QuerySet[CollectionSite]:
    """Sites by name, each with `said`: how often owners who were turned away were not looked at."""
    require(by, Permission.SEE_RECALLS)
    rows = narrowed(CollectionSite.objects.all(), asked.text)
    if asked.country:
        rows = rows.filter(country=asked.country)
    if asked.takes:
        rows = rows.filter(takes=asked.takes)
    open_ones = Q(refusals__looked_at__isnull=True, refusals__isnull=False)
    rows = rows.annotate(said=Count("refusals", filter=open_ones))
    if asked.standing == "closed":
        rows = rows.filter(closed_at__isnull=False)
    elif asked.standing == "refused":
        rows = rows.filter(said__gt=0)
    else:
        rows = rows.filter(closed_at__isnull=True)
    if asked.standing == "unchecked":
        rows = rows.filter(checked_on__isnull=True)
    return rows.order_by("country", "region", "city", "name", "pk")


def countries_of_sites() -> Sequence[str]:
    """The countries of which there are sites."""
    rows = CollectionSite.objects.order_by("country").values_list("country", flat=True)
    return list(rows.distinct())


def refusals_of(site: CollectionSite) -> Sequence[SiteRefusal]:
    """What owners said of a site, the newest first."""
    return list(site.refusals.select_related("recall").order_by("-at", "-pk")[:PAGE])


def refusals_waiting() -> int:
    """How many of what owners said nobody looked at."""
    return SiteRefusal.objects.filter(looked_at__isnull=True).count()


def files_taken(*, by: Staff) -> Sequence[SiteFile]:
    """The files that came last."""
    require(by, Permission.SEE_RECALLS)
    return list(SiteFile.objects.select_related("by").order_by("-pk")[:FILES_SHOWN])


def rejects_of(file_id: int, *, by: Staff) -> list[list[str | int]]:
    """The rejected lines of a file: number, why, and the line as long as it is kept."""
    require(by, Permission.MANAGE_SITES)
    rows = SiteReject.objects.filter(file_id=file_id).order_by("number")
    return [[each.number, each.get_reason_display(), opened(each, "sealed_row")] for each in rows]
