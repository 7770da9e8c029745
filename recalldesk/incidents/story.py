"""What is told of an incident, and how it is kept.

Guarantees: what was told before stays, what is new is added, and the same again changes nothing:
people who were hurt and things that were damaged are struck by the desk, never replaced by a form.
Of what there is one of, such as the day or the serial, the last one told stands in the row, and
what it took the place of goes to whoever logs it (`replaced_by`); a serial, to the account.
What is new of an incident that was decided does what `following` says. What tells of people or
their health is sealed under the key of the incident's recall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from recalldesk.incidents.following import news_of
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.states import Care, Happened, HasUnit
from recalldesk.sealing.fields_of_rows import opened, sealed

Told = TypeVar("Told")
SERIAL_BEFORE = "Serial told before: {}"
SINGLE = {
    "happened": "what happened",
    "happened_on": "day",
    "product_key": "product",
    "country": "country",
    "has_unit": "the unit",
}
"""What there is one of, by its field, with its words for the log."""


@dataclass(frozen=True, repr=False)
class Hurt:
    """One person who was hurt. `age` in years as told ("" where not said), `harm` in words."""

    care: Care
    age: str = ""
    harm: str = ""


@dataclass(frozen=True, repr=False)
class Damaged:
    """Property that was damaged. `amount` with its ISO 4217 `currency`, or neither."""

    amount: Decimal | None = None
    currency: str = ""
    what: str = ""


@dataclass(frozen=True, repr=False)
class Story:
    """What is told at one time; a field left empty says nothing about it."""

    happened: Happened | None = None
    happened_on: date | None = None
    is_day_exact: bool = True
    product_key: str = ""
    country: str = ""
    has_unit: HasUnit | None = None
    serial: str = ""
    account: str = ""
    hurt: tuple[Hurt, ...] = ()
    damaged: tuple[Damaged, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self == Story(is_day_exact=self.is_day_exact)


def keep_story(incident: Incident, story: Story) -> bool:
    """Adds what is told to an incident that is locked by the caller, and saves it; whether there
    was anything new. Lengths and currencies were looked at before: here they are kept as they are.
    """
    said = {
        name: value
        for name, value in _plain(story).items()
        if value not in (None, "") and getattr(incident, name) != value
    }
    for name, value in said.items():
        setattr(incident, name, value)
    is_new = bool(said)
    if story.happened_on is not None and incident.is_day_exact != story.is_day_exact:
        incident.is_day_exact, is_new = story.is_day_exact, True
    former = opened(incident, "sealed_serial")
    if _keep_sealed(incident, "sealed_serial", story.serial, adds=False):
        incident.keyed_at, is_new = None, True
        if former:
            _keep_sealed(incident, "sealed_account", SERIAL_BEFORE.format(former), adds=True)
    is_new |= _keep_sealed(incident, "sealed_account", story.account, adds=True)
    if is_new:
        incident.save()
    is_new |= any([_keep_hurt(incident, story.hurt), _keep_damaged(incident, story.damaged)])
    if is_new:
        news_of(incident)
    return is_new


def replaced_by(incident: Incident, story: Story) -> str:
    """What of an incident a story takes the place of, for the log; empty where nothing. Asked
    before the story is kept."""
    before = [
        f"{words}: {getattr(incident, name)}"
        for name, words in SINGLE.items()
        if (told := getattr(story, name)) and getattr(incident, name) not in (None, "", told)
    ]
    serial = opened(incident, "sealed_serial")
    if story.serial.strip() and serial not in ("", story.serial.strip()):
        before.append("another serial, which stands with the account")
    return f"Before: {', '.join(before)}" if before else ""


def hurt_of(incident: Incident) -> list[Hurt]:
    """Who was hurt, as far as it stands. It is health data: whoever shows it logs the look."""
    rows = incident.injuries.filter(struck_at=None).order_by("pk")
    return [
        Hurt(Care(row.care), opened(row, "sealed_age"), opened(row, "sealed_harm")) for row in rows
    ]


def damaged_of(incident: Incident) -> list[Damaged]:
    """What was damaged, as far as it stands."""
    rows = incident.damages.filter(struck_at=None).order_by("pk")
    return [Damaged(row.amount, row.currency, opened(row, "sealed_what")) for row in rows]


def _plain(story: Story) -> dict[str, object]:
    return {name: getattr(story, name) for name in SINGLE}


def _keep_sealed(incident: Incident, field: str, said: str, *, adds: bool) -> bool:
    said = said.strip()
    told = opened(incident, field)
    if not said or said == told or (adds and said in told):
        return False
    whole = f"{told}\n\n{said}".strip() if adds else said
    setattr(incident, field, sealed(Incident, field, whole, recall_id=incident.recall_id))
    return True


def _keep_hurt(incident: Incident, hurt: Sequence[Hurt]) -> bool:
    """Those told of anew, each as often as it is told."""
    missing = _without(hurt, hurt_of(incident)) if hurt else []
    for each in missing:
        Injury.objects.create(
            incident=incident,
            care=each.care,
            sealed_age=_of(incident, Injury, "sealed_age", each.age),
            sealed_harm=_of(incident, Injury, "sealed_harm", each.harm),
        )
    return bool(missing)


def _keep_damaged(incident: Incident, damaged: Sequence[Damaged]) -> bool:
    missing = _without(damaged, damaged_of(incident)) if damaged else []
    for each in missing:
        Damage.objects.create(
            incident=incident,
            amount=each.amount,
            currency=each.currency,
            sealed_what=_of(incident, Damage, "sealed_what", each.what),
        )
    return bool(missing)


def _without(told: Sequence[Told], known: list[Told]) -> list[Told]:
    """What is told and not yet known, counted one by one: two people may be hurt alike."""
    left, missing = list(known), []
    for each in told:
        if each in left:
            left.remove(each)
        else:
            missing.append(each)
    return missing


def _of(incident: Incident, model: type[Injury] | type[Damage], field: str, text: str) -> bytes:
    return sealed(model, field, text.strip(), recall_id=incident.recall_id) if text.strip() else b""
