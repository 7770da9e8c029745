"""Collection sites as owners are shown them: how far, what is known, and the owner's own map.

Guarantees: nothing of a page is asked of anybody else; where somebody was told yes it is said since
when, and to call first all the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from recalldesk.disposal.distances import IN_MILES, KM_OF_A_MILE
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.reads import SiteNear
from recalldesk.disposal.rules import TurnedAway
from recalldesk.disposal.states import Refused
from recalldesk.disposal.telephones import callable_number
from recalldesk.foundation import clock

OF_APPLE = ("iPhone", "iPad", "Macintosh")
"""Where a `geo:` address opens nothing, and `maps:` opens the map that is there."""

MOST_SAID = 3


@dataclass(frozen=True)
class ShownSite:
    """One site. `far`: how far, in the country's own measure; `is_far_about`: by a postal code on
    either side; `is_said_to_take`: it was asked, and says yes; `turned_away`: day, reason, how many
    people."""

    site: CollectionSite
    far: float
    decimals: int
    is_far_about: bool
    is_said_to_take: bool
    refuses_often: bool
    turned_away: Sequence[tuple[date, str, int]]
    tel: str
    map_url: str

    @property
    def town(self) -> str:
        """The line below the street."""
        site = self.site
        after = " ".join(each for each in (site.region, site.postal_code) if each)
        return ", ".join(each for each in (site.city, after) if each)


def in_miles(country: str) -> bool:
    """Whether roads are measured in miles there."""
    return country in IN_MILES


def shown_sites(
    request: HttpRequest, near: Sequence[SiteNear], *, country: str, is_about: bool
) -> list[ShownSite]:
    """Sites as a page shows them. `is_about`: where the owner is, is known only about."""
    return [_shown(request, each, country, is_about) for each in near]


def _shown(request: HttpRequest, near: SiteNear, country: str, is_about: bool) -> ShownSite:
    site, standing = near.site, near.standing
    far = near.km / KM_OF_A_MILE if in_miles(country) else near.km
    return ShownSite(
        site=site,
        far=max(far, 0.1),
        decimals=1 if far < 10 else 0,
        is_far_about=is_about or not site.is_place_exact,
        is_said_to_take=standing.is_said_to_take(clock.now().date()),
        refuses_often=standing.refuses_often,
        turned_away=_said(standing.turned_away),
        tel=callable_number(site.phone, site.country),
        map_url=_map_url(site, request.headers.get("User-Agent", "")),
    )


def _said(turned_away: Sequence[TurnedAway]) -> list[tuple[date, str, int]]:
    """The last days and reasons, each with how many people said so."""
    people = Counter((each.on, each.reason) for each in turned_away)
    return [
        (on, "" if reason is Refused.UNSAID else str(reason.label), count)
        for (on, reason), count in list(people.items())[:MOST_SAID]
    ]


def _map_url(site: CollectionSite, browser: str) -> str:
    """Opens the map that the owner's own device has."""
    place = f"{site.latitude:.6f},{site.longitude:.6f}"
    if any(name in browser for name in OF_APPLE):
        return f"maps:?{urlencode({'ll': place, 'q': site.name})}"
    return f"geo:{place}?q={place}({quote(site.name)})"
