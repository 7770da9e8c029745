"""What helps to read and type a serial, from the product's data."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext, ngettext

from recalldesk.portal.drawings.label import same_label
from recalldesk.recalls.document.product import Product, Serial
from recalldesk.recalls.wording import listed, locale_of


@dataclass(frozen=True)
class Reading:
    """Products whose serials are read in the same way."""

    products: tuple[Product, ...]

    @property
    def product(self) -> Product:
        """The one that is drawn."""
        return self.products[0]

    @property
    def models(self) -> tuple[str, ...]:
        """Their models."""
        return tuple(product.model for product in self.products)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The characters that are easily mixed up: "1 and L"."""
        return mixed_up(self.product.serial)

    @property
    def never_used(self) -> str:
        """The letters that these serials never have, and what stands there instead."""
        return never_used(self.product.serial)


def readings_of(products: tuple[Product, ...]) -> tuple[Reading, ...]:
    """The products, those together whose serials stand in the same place."""
    alike: dict[object, list[Product]] = {}
    for product in products:
        alike.setdefault(same_label(product), []).append(product)
    return tuple(Reading(tuple(group)) for group in alike.values())


def alphabets_of(products: tuple[Product, ...]) -> tuple[Reading, ...]:
    """The products, those together whose serials have the same look-alikes."""
    alike: dict[object, list[Product]] = {}
    for product in products:
        alike.setdefault(product.serial.form.profile, []).append(product)
    return tuple(Reading(tuple(group)) for group in alike.values())


def mixed_up(serial: Serial) -> tuple[str, ...]:
    """Each look-alike class in words, without the letters that are never printed."""
    locale = locale_of(get_language() or "en")
    return tuple(listed(list(members), locale) for members in serial.form.classes)


def never_used(serial: Serial) -> str:
    """A sentence about the letters that are never printed, or an empty text."""
    folding = sorted(serial.folding.items())
    if not folding:
        return ""
    locale = locale_of(get_language() or "en")
    letters = listed([typed for typed, _ in folding], locale)
    sentence = ngettext(
        "The letter %(letters)s is never used here",
        "The letters %(letters)s are never used here",
        len(folding),
    ) % {"letters": letters}
    meant = [
        gettext("what looks like %(letter)s is %(character)s")
        % {"letter": typed, "character": _named(character)}
        for typed, character in folding
    ]
    return f"{sentence}: {listed(meant, locale)}."


def _named(character: str) -> str:
    """A character so that it cannot be taken for another one."""
    names = {"0": gettext("a zero (0)"), "1": gettext("a one (1)")}
    return names.get(character, character)


def alike_characters(products: tuple[Product, ...]) -> str:
    """Every character that has a look-alike in one of the products, for the script."""
    found = {c for product in products for members in product.serial.form.classes for c in members}
    return "".join(sorted(found))


def exact_length(products: tuple[Product, ...]) -> int:
    """How many characters each of these serials has, or 0 where it differs."""
    lengths = {
        length
        for product in products
        for length in (product.serial.shortest, product.serial.longest)
    }
    return lengths.pop() if len(lengths) == 1 else 0
