"""Where a town lies, for owners who give no postal code.

Guarantee: of several towns of one name that lie apart none is guessed at.
"""

from collections.abc import Sequence

from recalldesk.disposal.distances import Position, distance_km
from recalldesk.disposal.models import PostalPlace
from recalldesk.disposal.postal_codes import UNITED_STATES, Found, middle_of

APART_KM = 60
"""Postal codes of one town lie no farther from its middle."""
MOST_CODES = 2_000
WHOLE = {"St": "Saint", "Ste": "Sainte", "Ft": "Fort", "Mt": "Mount"}


class SeveralTowns(Exception):
    """Towns of one name lie apart."""


def find_town(text: str, country: str) -> Found | None:
    """The middle of a town, written with its state or without. Raises SeveralTowns."""
    name, _, region = (part.strip() for part in text.partition(","))
    if not name:
        return None
    found = _of_table(name, country) or (
        _of_wheel(name, region) if country == UNITED_STATES else []
    )
    if not found:
        return None
    middle = middle_of(found)
    if any(distance_km(middle, each) > APART_KM for each in found):
        raise SeveralTowns
    return Found(middle, text.strip(), is_about=True)


def _of_table(name: str, country: str) -> list[Position]:
    rows = PostalPlace.objects.filter(country=country, place__iexact=name)
    places = rows.values_list("latitude", "longitude")[:MOST_CODES]
    return [Position(latitude, longitude) for latitude, longitude in places]


def _of_wheel(name: str, region: str) -> Sequence[Position]:
    import zipcodes  # late: most processes never ask

    state = {"state": region.upper()} if region else {}
    for city in dict.fromkeys((_as_written(name), _in_full(name))):
        each = zipcodes.filter_by(city=city, **state)  # type: ignore[no-untyped-call] # no types
        if each:
            break
    positions = [Position(float(one["lat"] or 0), float(one["long"] or 0)) for one in each]
    return [position for position in positions if position != Position(0, 0)]


def _as_written(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())


def _in_full(name: str) -> str:
    """`St. Louis` is `Saint Louis` in the wheel; of a few towns it has the short form."""
    words = _as_written(name.replace(".", " ")).split()
    return " ".join(WHOLE.get(word, word) for word in words)
