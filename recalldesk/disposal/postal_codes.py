"""Where a postal code lies: by the table of the desk, or for the United States by the wheel.

Guarantees: nobody is asked over a network; a code that is not known is not guessed at, and one that
only begins like known ones says so. The wheel is opened when the first code of the United States is
asked for; from then on a process holds some 55 MB more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from recalldesk.disposal.distances import Position
from recalldesk.disposal.models import PostalPlace

LONGEST_CODE = 16
UNITED_STATES = "US"
LENGTH_OF_ZIP = 5
WHOLE_PART = {"GB": -3, "CA": 3, "NL": 4, "IE": 3}
"""By so many of its characters a code names a district, which tables often hold alone."""
SHORTEST_BEGINNING = 3
MOST_ALIKE = 5_000


@dataclass(frozen=True)
class Found:
    """Where a code lies. `is_about`: only codes that begin alike are known. `place`: its name."""

    position: Position
    place: str
    is_about: bool = False


def normal_code(text: str, country: str) -> str:
    """A code as it is looked up: letters and digits alone; of a ZIP+4 the ZIP."""
    code = "".join(each for each in text.upper() if each.isascii() and each.isalnum())
    if country != UNITED_STATES:
        return code[:LONGEST_CODE]
    return code[:5] if code.isdecimal() and len(code) == 9 else code[:LONGEST_CODE]


def find_code(text: str, country: str) -> Found | None:
    """Where a code lies, exactly if it is known, else by the codes that begin alike."""
    code = normal_code(text, country)
    if not code or (country == UNITED_STATES and len(code) > LENGTH_OF_ZIP):
        return None
    exact = exact_code(code, country)
    if exact is not None:
        return exact
    part = code[: WHOLE_PART[country]] if country in WHOLE_PART else ""
    if part and len(part) < len(code):
        found = exact_code(part, country)
        if found is not None:
            return Found(found.position, found.place, is_about=True)
    # An outcode is not the beginning of another: E1 is no part of E16.
    shortest = max(SHORTEST_BEGINNING, len(part)) if country in WHOLE_PART else SHORTEST_BEGINNING
    for length in range(len(code), shortest - 1, -1):
        alike = _beginning_with(code[:length], country)
        if alike:
            return Found(middle_of(each.position for each in alike), "", is_about=True)
    return None


def exact_code(code: str, country: str) -> Found | None:
    """Where a code in its normal form lies, where it is known itself."""
    rows = list(PostalPlace.objects.filter(country=country, code=code).order_by("pk")[:MOST_ALIKE])
    if rows:
        positions = [Position(each.latitude, each.longitude) for each in rows]
        return Found(middle_of(positions), rows[0].place)
    if country == UNITED_STATES and len(code) == 5 and code.isdecimal():
        return next(iter(_of_wheel(code)), None)
    return None


def _beginning_with(start: str, country: str) -> list[Found]:
    rows = PostalPlace.objects.filter(country=country, code__startswith=start).order_by("code")
    found = [
        Found(Position(each.latitude, each.longitude), each.place) for each in rows[:MOST_ALIKE]
    ]
    if not found and country == UNITED_STATES and start.isdecimal() and len(start) < 5:
        return _of_wheel(start)
    return found


def _of_wheel(start: str) -> list[Found]:
    """The ZIP codes that begin so. Those of forces abroad lie nowhere in it, and are left out."""
    import zipcodes  # late: most processes never ask

    found = []
    for each in zipcodes.similar_to(start):  # type: ignore[no-untyped-call] # the wheel has no types
        position = Position(float(each["lat"] or 0), float(each["long"] or 0))
        if position != Position(0, 0):
            found.append(Found(position, f"{each['city']}, {each['state']}"))
    return found


def middle_of(positions: Iterable[Position]) -> Position:
    """The middle on the globe, over the date line, too."""
    x = y = z = 0.0
    for each in positions:
        latitude, longitude = radians(each.latitude), radians(each.longitude)
        x += cos(latitude) * cos(longitude)
        y += cos(latitude) * sin(longitude)
        z += sin(latitude)
    return Position(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x)))
