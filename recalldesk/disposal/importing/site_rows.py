"""One site as a line or a feature says it: judged, or refused with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recalldesk.disposal.distances import Position, distance_km
from recalldesk.disposal.importing.words import (
    KIND_WORDS,
    NO_WORDS,
    TAKES_WORDS,
    YES_WORDS,
    printed,
    word,
)
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.postal_codes import Found, exact_code, normal_code
from recalldesk.disposal.states import LineReason, SiteKind, Takes
from recalldesk.remedies.corrections.importing.file_rows import DAY_ZERO
from recalldesk.remedies.corrections.rows import DAYS

TEXTS = [
    "outside_id",
    "name",
    "address",
    "city",
    "region",
    "postal_code",
    "phone",
    "hours",
    "checked_by",
]
LONGEST = {
    each.name: each.max_length or 0
    for each in CollectionSite._meta.local_fields
    if each.name in TEXTS
}
FARTHEST_FROM_CODE_KM = 400
"""A position farther from its postal code than this is a mistake; large codes are smaller."""
Find = Callable[[str, str], Found | None]
Said = Mapping[str, str]


@dataclass(frozen=True)
class SiteRow:
    """A site that can be kept. `values`: its fields, those alone that the file has; `unknown_kind`:
    a kind in a word that is not known."""

    identity: tuple[str, ...]
    values: Mapping[str, object]
    unknown_kind: str = ""


@dataclass(frozen=True)
class Usual:
    """What holds where a line does not say it itself."""

    country: str = ""
    kind: SiteKind | None = None
    takes: Takes | None = None
    checked_on: date | None = None
    checked_by: str = ""


def site_of(
    said: Said, usual: Usual, *, today: date, find: Find = exact_code
) -> SiteRow | LineReason:
    """What a line says, by the names of its columns, or why it cannot be taken. `find`: where a
    postal code in its normal form lies."""
    told = {name: " ".join(printed(text).split()) for name, text in said.items()}
    told = _joined_address(told)
    reason = _missing(told)
    if reason is not None:
        return reason
    country = (told.get("country") or usual.country).upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        return LineReason.NO_COUNTRY
    outcome = _words(told, usual, today)
    if isinstance(outcome, LineReason):
        return outcome
    if country == "US" and told.get("postal_code"):
        told["postal_code"] = _zip(told["postal_code"])
    placed = _place(told, country, find)
    if isinstance(placed, LineReason):
        return placed
    values: dict[str, object] = {
        name: told[name] for name in LONGEST if name in told and name != "checked_by"
    }
    values |= {"country": country} | outcome | placed
    kind, unknown = _kind(told, usual)
    if kind is not None:
        values["kind"] = kind
    return SiteRow(_identity(told, country), values, unknown)


def _joined_address(told: dict[str, str]) -> dict[str, str]:
    """House number and second line stand with the street."""
    number, more = told.pop("house_number", ""), told.pop("address_more", "")
    if "address" in told and (number or more):
        street = f"{number} {told['address']}".strip()
        told["address"] = f"{street}, {more}" if more and street else street or more
    return told


def _missing(told: Said) -> LineReason | None:
    if not told.get("name"):
        return LineReason.NO_NAME
    if not told.get("address") and not told.get("outside_id"):
        return LineReason.NO_ADDRESS
    if any(len(told.get(name, "")) > most for name, most in LONGEST.items()):
        return LineReason.TOO_LONG
    return None


def _words(told: Said, usual: Usual, today: date) -> dict[str, object] | LineReason:
    """What is said in words of a short list, and when it was checked."""
    values: dict[str, object] = {}
    takes = told.get("takes", "")
    if takes:
        if word(takes) not in TAKES_WORDS:
            return LineReason.NO_TAKES
        values["takes"] = TAKES_WORDS[word(takes)]
    elif usual.takes is not None or "takes" in told:
        values["takes"] = usual.takes or Takes.ASK
    residents = told.get("residents_only", "")
    if residents:
        if word(residents) not in YES_WORDS | NO_WORDS:
            return LineReason.NO_RESIDENTS
        values["residents_only"] = word(residents) in YES_WORDS
    elif "residents_only" in told:
        values["residents_only"] = None
    day = _day(told["checked_on"]) if told.get("checked_on") else usual.checked_on
    if told.get("checked_on") and day is None:
        return LineReason.NO_DAY
    if day is not None:
        if day > today or day.year < 2000:
            return LineReason.NO_DAY
        values["checked_on"] = day
    by = told.get("checked_by") or usual.checked_by
    if by:
        values["checked_by"] = by
    return values


def _day(text: str) -> date | None:
    number = text.removesuffix(".0")
    if number.isascii() and number.isdecimal() and len(number) == 5:
        return DAY_ZERO + timedelta(days=int(number))  # as spreadsheets count days
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _zip(text: str) -> str:
    """A ZIP code with the zeros that a spreadsheet took off; a ZIP+4 stays one."""
    code = text.removesuffix(".0")
    return code.zfill(5) if code.isascii() and code.isdecimal() and 3 <= len(code) <= 5 else code


def _kind(told: Said, usual: Usual) -> tuple[SiteKind | None, str]:
    """The kind, and the word that is none of those known."""
    said = told.get("kind", "")
    if not said:
        return usual.kind, ""
    known = KIND_WORDS.get(word(said))
    return (known, "") if known else (SiteKind.OTHER, said)


def _place(told: Said, country: str, find: Find) -> dict[str, object] | LineReason:
    """Where it is: by its own position, held against its postal code, or by that alone."""
    code = normal_code(told.get("postal_code", ""), country)
    near = find(code, country) if code else None
    latitude, longitude = told.get("latitude", ""), told.get("longitude", "")
    if not latitude and not longitude:
        if near is None:
            return LineReason.NO_POSITION
        return _position(near.position, is_exact=False)
    return position_of(latitude, longitude, near)


def position_of(
    latitude: str, longitude: str, near: Found | None
) -> dict[str, object] | LineReason:
    """A position as it is written, or why it cannot be so."""
    numbers = _number(latitude), _number(longitude)
    if numbers[0] is None or numbers[1] is None:
        return LineReason.NO_NUMBERS
    return judged_position(numbers[0], numbers[1], near)


def judged_position(
    latitude: float, longitude: float, near: Found | None
) -> dict[str, object] | LineReason:
    """A position that can be so, or why it cannot."""
    if abs(latitude) > 90 and abs(longitude) <= 90 and abs(latitude) <= 180:
        return LineReason.SWAPPED
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0, 0):
        return LineReason.OUT_OF_RANGE
    here = Position(latitude, longitude)
    if near is not None and distance_km(here, near.position) > FARTHEST_FROM_CODE_KM:
        turned = abs(longitude) <= 90 and Position(longitude, latitude)
        if turned and distance_km(turned, near.position) <= FARTHEST_FROM_CODE_KM:
            return LineReason.SWAPPED
        return LineReason.FAR
    return _position(here, is_exact=True)


def _position(position: Position, *, is_exact: bool) -> dict[str, object]:
    return {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "is_place_exact": is_exact,
    }


def _number(text: str) -> float | None:
    """A number with a point, or with the comma of other countries; never infinite."""
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if plain.isascii() and abs(number) <= 1e6 else None


def _identity(told: Said, country: str) -> tuple[str, ...]:
    """By what a later file names the same site: its number there, or its name and address."""
    if told.get("outside_id"):
        return ("id", told["outside_id"])
    names = ("name", "address", "city", "postal_code")
    return ("at", country, *(told.get(name, "").casefold() for name in names))
