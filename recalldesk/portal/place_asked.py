"""Where an owner looks for a place, as a form sends it.

Guarantee: neither a postal code nor a position is kept, logged or put into an address; a position
is rounded to about a kilometre before anything is done with it.
"""

from dataclasses import dataclass
from math import isfinite

from django.http import HttpRequest
from django.utils.translation import gettext

from recalldesk.disposal.distances import Position
from recalldesk.disposal.postal_codes import Found, find_code
from recalldesk.disposal.towns import SeveralTowns, find_town
from recalldesk.portal.subject import Subject
from recalldesk.recalls.document.remedy import UnitCondition

DECIMALS = 2
LONGEST = 60
FIELDS = ("country", "place", "condition", "latitude", "longitude")


@dataclass(frozen=True)
class PlaceAsked:
    """What was typed or sent. `position`: the browser's, rounded."""

    country: str
    place: str = ""
    condition: UnitCondition = UnitCondition.SOUND
    position: Position | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether the unit is to be left where it is."""
        return self.condition is UnitCondition.DAMAGED

    @property
    def fields(self) -> list[tuple[str, str]]:
        """To be sent again."""
        kept = [
            ("country", self.country),
            ("place", self.place),
            ("condition", self.condition.value),
        ]
        if self.position is not None:
            kept += [
                ("latitude", str(self.position.latitude)),
                ("longitude", str(self.position.longitude)),
            ]
        return kept


def asked_at(request: HttpRequest, subject: Subject) -> PlaceAsked:
    """What a form says; what it cannot say rightly is left out."""
    sent, countries = request.POST, subject.document.countries
    country = sent.get("country", "")
    condition = sent.get("condition", "")
    place = " ".join(sent.get("place", "").replace("\0", "").split())[:LONGEST]
    return PlaceAsked(
        country=country if country in countries else countries[0],
        place=place,
        condition=UnitCondition(condition)
        if condition in [*UnitCondition]
        else UnitCondition.SOUND,
        position=None if place else _position(sent.get("latitude", ""), sent.get("longitude", "")),
    )


def _position(latitude: str, longitude: str) -> Position | None:
    try:
        found = Position(
            round(float(latitude[:20]), DECIMALS), round(float(longitude[:20]), DECIMALS)
        )
    except ValueError:
        return None
    if not (isfinite(found.latitude) and isfinite(found.longitude)):
        return None
    return found if abs(found.latitude) <= 90 and abs(found.longitude) <= 180 else None


def find_place(asked: PlaceAsked) -> Found | str:
    """Where to look, or what is said beside the field."""
    if asked.position is not None:
        return Found(asked.position, "", is_about=True)
    if not asked.place:
        return gettext("Type your postal code, or your town.")
    try:
        has_digit = any(each.isdecimal() for each in asked.place)
        by_town = None if has_digit else find_town(asked.place, asked.country)
    except SeveralTowns:
        return gettext(
            "There are several towns of that name. Add the state, or type a postal code."
        )
    found = by_town or find_code(asked.place, asked.country)
    if found is None and has_digit:
        return gettext(
            "We do not know this postal code. Look at it again, or type your town instead."
        )
    return found or gettext("We do not know this town. Type a postal code instead.")
