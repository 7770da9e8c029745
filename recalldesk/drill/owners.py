"""The made-up owners of a drill, and what is true of each: drawn from a seed, known to nobody else.

Guarantee: the same seed and serials draw the same owners; every person is plainly made up, at an
address that reaches nobody.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from recalldesk.drill.wanted import Wanted
from recalldesk.foundation.serial_form import SerialForm

GIVEN = ("Ada", "Ben", "Cleo", "Dario", "Ella", "Finn", "Gita", "Hugo", "Ines", "Jonas", "Kemal")
FAMILY = ("Example", "Sample", "Madeup", "Drill", "Placeholder", "Specimen", "Trial")
STREETS = ("Example Street", "Sample Lane", "Made-up Road", "Drill Avenue", "Trial Court")
INCIDENTS = 0.03
"""So many of the honest owners also tell of harm or a near miss; one at least of five."""


class Kind(StrEnum):
    """What an owner does."""

    PLAIN = "plain"
    SLIP = "slip"
    """Mistypes the serial first."""
    UNREADABLE = "unreadable"
    """Sends photos on which nothing can be read."""
    WRONG_THING = "wrong_thing"
    """Sends sharp photos of something else, and again when the rule asks for others; the right ones
    once a person asks."""
    NO_PHOTO = "no_photo"
    """Cannot take any."""
    NOT_RECALLED = "not_recalled"
    """Owns a unit that is not in the recall, and asks."""
    SECOND_CLAIM = "second_claim"
    """Dishonest: claims a unit that another owner claims."""
    OTHER_LABEL = "other_label"
    """Dishonest: the photo shows another unit than the one that is claimed."""


ERRORS = (Kind.SLIP, Kind.UNREADABLE, Kind.WRONG_THING, Kind.NO_PHOTO, Kind.NOT_RECALLED)
FRAUD = (Kind.SECOND_CLAIM, Kind.OTHER_LABEL)
NEEDS_PHOTOS = (Kind.UNREADABLE, Kind.WRONG_THING, Kind.OTHER_LABEL)
"""They send photos however few do: without, they would be none of their kind."""


@dataclass(frozen=True)
class MadeUpOwner:
    """One of them. `serial`: of their unit; `typed`: what they type first; `shown`: what the label
    in their photo says; `takes_photos`: whether they send any; `tells`: whether of an incident."""

    number: int
    kind: Kind
    name: str
    email: str
    street: str
    client: str
    product: str
    serial: str
    typed: str
    shown: str
    takes_photos: bool
    tells: bool = False

    @property
    def is_honest(self) -> bool:
        """Whether the unit is theirs and as they say."""
        return self.kind not in FRAUD

    @property
    def is_usual(self) -> bool:
        """Whether they send photos, or could not anyway: not for the drill's sake alone."""
        return self.takes_photos or self.kind is Kind.NO_PHOTO

    @property
    def is_recalled(self) -> bool:
        """Whether their unit is in the recall."""
        return self.kind is not Kind.NOT_RECALLED


def made_up_owners(
    wanted: Wanted, affected: Sequence[tuple[str, str]], forms: dict[str, SerialForm]
) -> list[MadeUpOwner]:
    """All of them, in the order in which they come. `affected`: serials and their products, more
    than there are owners where there are so many; `forms`: by product."""
    draw = random.Random(wanted.seed)  # noqa: S311 - it is to be repeated, not secret
    fraud = round(wanted.owners * wanted.fraud) if wanted.fraud else 0
    if wanted.fraud and wanted.owners >= 10:
        fraud = max(fraud, len(FRAUD))
    kinds, known = list(_kinds(wanted, fraud, draw)), {serial for serial, _ in affected}
    units = draw.sample(affected, min(len(affected), 2 * len(kinds)))
    photos = wanted.photographed
    made: list[MadeUpOwner] = []
    for number, kind in enumerate(kinds, 1):
        serial, product = units[(number - 1) % len(units)]
        other = units[(number - 1 + len(kinds)) % len(units)][0]
        takes_photos = kind is not Kind.NO_PHOTO and (photos > 0 or kind in NEEDS_PHOTOS)
        photos -= takes_photos and kind is not Kind.NOT_RECALLED
        if kind is Kind.SECOND_CLAIM and made:
            first = draw.choice([each for each in made if each.is_honest and each.is_recalled])
            serial, product = first.serial, first.product
        if kind is Kind.NOT_RECALLED:
            serial = _strange(forms[product], draw, known)
        typed = _slipped(serial, forms[product], draw) if kind is Kind.SLIP else serial
        shown = other if kind is Kind.OTHER_LABEL else serial
        made.append(_person(number, kind, product, (serial, typed, shown), takes_photos))
    return list(_telling(made, draw))


def _kinds(wanted: Wanted, fraud: int, draw: random.Random) -> Iterator[Kind]:
    """The honest ones mixed; the first is a plain one, and a second claim comes after some."""
    errors = round(wanted.owners * wanted.errors)
    honest = [*(ERRORS[n % len(ERRORS)] for n in range(errors))]
    honest += [Kind.PLAIN] * (wanted.owners - len(honest))
    draw.shuffle(honest)
    honest.sort(key=lambda kind: kind is Kind.NOT_RECALLED)
    yield from honest
    yield from (FRAUD[n % len(FRAUD)] for n in range(fraud))


def _person(
    number: int, kind: Kind, product: str, serials: tuple[str, str, str], takes_photos: bool
) -> MadeUpOwner:
    name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}"
    return MadeUpOwner(
        number=number,
        kind=kind,
        name=name,
        email=f"owner-{number}@example.org",
        street=f"{100 + number} {STREETS[number % len(STREETS)]}",
        client=f"198.18.{number // 250 % 250}.{number % 250 + 1}",
        product=product,
        serial=serials[0],
        typed=serials[1],
        shown=serials[2],
        takes_photos=takes_photos,
    )


def _telling(made: list[MadeUpOwner], draw: random.Random) -> Iterator[MadeUpOwner]:
    honest = [each.number for each in made if each.is_honest and each.is_recalled]
    count = max(round(len(honest) * INCIDENTS), 1 if len(honest) >= 5 else 0)
    telling = set(draw.sample(honest, count))
    for each in made:
        yield replace(each, tells=True) if each.number in telling else each


def _slipped(serial: str, form: SerialForm, draw: random.Random) -> str:
    """One character mistyped: a look-alike where there is one, else any other."""
    place = draw.randrange(len(serial))
    alike = [each for each in form.alike.get(serial[place], "") if each != serial[place]]
    others = alike or [each for each in form.alphabet if each != serial[place]] or ["?"]
    return serial[:place] + draw.choice(others) + serial[place + 1 :]


def _strange(form: SerialForm, draw: random.Random, affected: set[str]) -> str:
    """A serial of the form that is none of those that are known to be recalled."""
    while True:
        serial = "".join(draw.choices(form.alphabet, k=form.longest))
        if serial not in affected:
            return serial
