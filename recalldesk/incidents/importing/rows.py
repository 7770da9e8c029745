"""One report as a row of a file says it: judged, or refused with its reason. Pure.

Guarantees: what is not understood is never guessed at, and never left out without a word; that a
product was damaged before the incident is no damage to property; a serial gets no verdict here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from recalldesk.incidents.importing.harm import damage_of, hurt_in
from recalldesk.incidents.importing.words import (
    HAPPENED,
    HAS_UNIT,
    NO_INCIDENT,
    NOTHING,
    plain,
)
from recalldesk.incidents.states import ReportReason
from recalldesk.incidents.story import Story

LONGEST_NUMBER, LONGEST_SERIAL = 64, 200
DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y", "%Y%m%d")
MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M")
ABOUT = re.compile(r"(?:about|approx\.?|approximately|~)\s*", re.IGNORECASE)
MONTH = re.compile(r"\d{4}-\d{2}")
FIRST_YEAR = 2000
NOTED: Mapping[str, str] = {
    "sent": "Sent to the firm",
    "location": "Location",
    "city": "City",
    "state": "State",
    "zip": "ZIP",
    "model": "Model",
    "was_damaged": "Product was damaged before the incident",
    "damage_before": "That damage",
    "repaired": "That damage was repaired",
    "modified": "Product was modified before the incident",
}
"""What has no field of its own: it stands below what was told, sealed with it."""


@dataclass(frozen=True, repr=False)
class Report:
    """A report that can be kept. `reported_at` and `authority_reference`: both or neither, where
    the authority has it already."""

    number: str
    told_on: date | None
    story: Story
    nothing_happened: bool = False
    authority_reference: str = ""
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """How a file is read. `products`: the keys of the recall's products by model and name, in small
    letters."""

    today: date
    is_month_first: bool
    products: Mapping[str, str]

    def day(self, text: str) -> date | None:
        """A day, or None. One with bars means another day elsewhere, and is read only where the
        file says which."""
        for form in (*DAYS, *(MONTH_FIRST if self.is_month_first else ())):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        return None


class Unfit(Exception):
    """A row that is not taken."""

    def __init__(self, reason: ReportReason) -> None:
        super().__init__(reason)
        self.reason = reason


def report_of(said: Mapping[str, str], reading: Reading) -> Report | ReportReason:
    """What a row says, by the names of its columns, or why it cannot be taken."""
    try:
        return _report(said, reading)
    except Unfit as unfit:
        return unfit.reason


def _report(said: Mapping[str, str], reading: Reading) -> Report:
    number = " ".join(said.get("number", "").split())
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise Unfit(ReportReason.NO_NUMBER)
    severity, word = plain(said.get("severity", "")), plain(said.get("happened", ""))
    nothing = word == NOTHING or (not word and severity == NO_INCIDENT)
    if word and word != NOTHING and word not in HAPPENED:
        raise Unfit(ReportReason.NO_HAPPENED)
    hurt, damage = hurt_in(said), damage_of(said)
    if isinstance(hurt, ReportReason):
        raise Unfit(hurt)
    if isinstance(damage, ReportReason):
        raise Unfit(damage)
    happened_on, is_exact = _happened_on(said.get("happened_on", ""), reading)
    story = Story(
        happened=HAPPENED.get(word),
        happened_on=happened_on,
        is_day_exact=is_exact,
        product_key=reading.products.get(said.get("model", "").strip().casefold(), ""),
        country=_country(said.get("country", "")),
        has_unit=HAS_UNIT.get(plain(said.get("has_unit", ""))),
        serial=_serial(said.get("serial", "")),
        account=said.get("account", "").strip(),
        hurt=hurt,
        damaged=damage,
    )
    if not (story.account or story.happened or nothing or hurt or damage):
        raise Unfit(ReportReason.SAYS_NOTHING)
    reference, reported_at = _reported(said, reading)
    return Report(
        number=number,
        told_on=_told_on(said.get("told_on", ""), reading),
        story=_with_notes(story, said),
        nothing_happened=nothing and not (hurt or damage),
        authority_reference=reference,
        reported_at=reported_at,
    )


def _told_on(text: str, reading: Reading) -> date | None:
    if not text:
        return None
    day = reading.day(text)
    if day is None or day > reading.today or day.year < FIRST_YEAR:
        raise Unfit(ReportReason.NO_DAY)
    return day


def _happened_on(text: str, reading: Reading) -> tuple[date | None, bool]:
    """The day of the incident, and whether it is the day or about then."""
    if not text:
        return None, True
    about = ABOUT.match(text)
    written = text[about.end() :] if about else text
    is_month = MONTH.fullmatch(written) is not None
    day = reading.day(f"{written}-01" if is_month else written)
    if day is None or day > reading.today or day.year < FIRST_YEAR:
        raise Unfit(ReportReason.NO_INCIDENT_DAY)
    return day, not (about or is_month)


def _country(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()):
        raise Unfit(ReportReason.NO_COUNTRY)
    return text


def _serial(text: str) -> str:
    if len(text) > LONGEST_SERIAL:
        raise Unfit(ReportReason.TOO_LONG)
    return text


def _reported(said: Mapping[str, str], reading: Reading) -> tuple[str, datetime | None]:
    """As what, and when, the authority was told: both, or neither."""
    reference, moment = said.get("authority_reference", ""), said.get("reported_at", "")
    if not reference and not moment:
        return "", None
    if not reference or len(reference) > LONGEST_NUMBER or ":" not in moment:
        raise Unfit(ReportReason.HALF_REPORTED)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError as error:
        raise Unfit(ReportReason.HALF_REPORTED) from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if at.date() > reading.today or at.year < FIRST_YEAR:
        raise Unfit(ReportReason.HALF_REPORTED)
    return reference, at


def _with_notes(story: Story, said: Mapping[str, str]) -> Story:
    """The story with what else the row says below what was told."""
    noted = [
        f"{label}: {said[name].strip()}"
        for name, label in NOTED.items()
        if said.get(name, "").strip() and not (name == "model" and story.product_key)
    ]
    if not noted:
        return story
    account = "\n\n".join(part for part in (story.account, "\n".join(noted)) if part)
    return replace(story, account=account)
