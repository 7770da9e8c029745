"""A serial as it is spelled on the phone: "B as in Bravo", "8, eight".

Guarantee: what is said of a place in doubt comes from the character that was given there and from
the recall's look-alikes, and never from a serial that is recalled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from recalldesk.recalls.document.product import Product

LONGEST_SPELLED = 40
DIGITS: dict[str, str | Promise] = {
    "0": gettext_lazy("zero"),
    "1": gettext_lazy("one"),
    "2": gettext_lazy("two"),
    "3": gettext_lazy("three"),
    "4": gettext_lazy("four"),
    "5": gettext_lazy("five"),
    "6": gettext_lazy("six"),
    "7": gettext_lazy("seven"),
    "8": gettext_lazy("eight"),
    "9": gettext_lazy("nine"),
}
WORDS = {
    word[0]: word
    for word in [
        "Alfa",
        "Bravo",
        "Charlie",
        "Delta",
        "Echo",
        "Foxtrot",
        "Golf",
        "Hotel",
        "India",
        "Juliett",
        "Kilo",
        "Lima",
        "Mike",
        "November",
        "Oscar",
        "Papa",
        "Quebec",
        "Romeo",
        "Sierra",
        "Tango",
        "Uniform",
        "Victor",
        "Whiskey",
        "X-ray",
        "Yankee",
        "Zulu",
    ]
}
"""Of the international spelling alphabet, which is the same in every language."""


@dataclass(frozen=True)
class Spelled:
    """One place of a serial, counted from 1. `alike`: what else may stand there, each spelled."""

    place: int
    text: str
    said: str
    in_doubt: bool
    alike: tuple[str, ...]


def spoken(character: str) -> str:
    """A character as it is said, in the language set; one that has no word stays itself."""
    if character in DIGITS:
        return f"{character}, {DIGITS[character]}"
    if character in WORDS:
        return gettext("%(letter)s as in %(word)s") % {
            "letter": character,
            "word": WORDS[character],
        }
    return character


def spelled(
    read_as: str, look_at: Sequence[int], products: Iterable[Product]
) -> tuple[Spelled, ...]:
    """A normalised text, place by place; at places in doubt with what is easily mixed up there."""
    classes = [set(each) for product in products for each in product.serial.form.classes]
    return tuple(
        Spelled(
            place=place,
            text=character,
            said=spoken(character),
            in_doubt=place in look_at,
            alike=tuple(spoken(each) for each in _alike(character, classes))
            if place in look_at
            else (),
        )
        for place, character in enumerate(read_as[:LONGEST_SPELLED], start=1)
    )


def _alike(character: str, classes: Iterable[set[str]]) -> list[str]:
    found = set().union(*(each for each in classes if character in each))
    return sorted(found - {character})
