"""What a text in the search field may be: a reference, an e-mail address, a phone number, a serial,
a name. Pure but for the serials, which are read as every published recall reads them.

Guarantee: a text that can be several things is looked for as each of them.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, islice, product

from recalldesk.claims.contacts import normal_phone
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.references import reference_in
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.recalls.document import Document
from recalldesk.units.naming import named_unit

LONGEST_TEXT = 200
FEWEST_DIGITS_OF_A_PHONE = 6
SHORTEST_SERIAL = 3
MOST_LOOK_ALIKES = 500


@dataclass(frozen=True)
class Meanings:
    """What a text may be; empty where it cannot be that."""

    reference: str
    email: str
    phones: frozenset[str]
    name_words: tuple[str, ...]
    may_be_serial: bool


def meanings_of(text: str, *, countries: frozenset[str]) -> Meanings:
    """All that the text may be. `countries`: where phone numbers may be of."""
    text = text.strip()[:LONGEST_TEXT]
    if "@" in text:
        return Meanings("", email_form(text), frozenset(), (), may_be_serial=False)
    has_digit = any(character.isdigit() for character in text)
    return Meanings(
        reference=reference_in(text),
        email="",
        phones=frozenset(_phones(text, countries)),
        name_words=() if has_digit else name_words(text),
        may_be_serial=len(normalise(text)) >= SHORTEST_SERIAL,
    )


def _phones(text: str, countries: frozenset[str]) -> Iterator[str]:
    digits = sum(character.isdigit() for character in text)
    if digits < FEWEST_DIGITS_OF_A_PHONE or any(character.isalpha() for character in text):
        return
    for country in sorted(countries) or [""]:
        with suppress(FieldsRefused):
            yield normal_phone(text, country)


def identities_of(text: str, documents: list[Document]) -> frozenset[str]:
    """How a claim may have named the unit that the text means, under any of these recalls."""
    typed = text.strip()[:LONGEST_TEXT]
    read = {named_unit(typed, document=document).identity for document in documents}
    plain = normalise(typed)
    folded = {form.fold(plain) for form in _forms(documents)}
    return frozenset({plain, *read, *folded} - {""})


def look_alikes_of(text: str, documents: list[Document]) -> frozenset[str]:
    """The serials that a person may have read as this text: under each form, as many as are tried,
    those with the fewest other characters first."""
    plain = normalise(text.strip()[:LONGEST_TEXT])
    found: set[str] = set()
    for form in _forms(documents):
        found.update(islice(_nearest_first(form.fold(plain), form), MOST_LOOK_ALIKES))
    return frozenset(found)


def _nearest_first(folded: str, form: SerialForm) -> Iterator[str]:
    """The text itself, then with one look-alike in place of a character, then with two, and so
    on."""
    others = [
        [each for each in form.alike.get(character) or "" if each != character]
        for character in folded
    ]
    doubtful = [place for place, some in enumerate(others) if some]
    for count in range(len(doubtful) + 1):
        for places in combinations(doubtful, count):
            for chosen in product(*(others[place] for place in places)):
                characters = list(folded)
                for place, character in zip(places, chosen, strict=True):
                    characters[place] = character
                yield "".join(characters)


def _forms(documents: list[Document]) -> Iterator[SerialForm]:
    for document in documents:
        for each in document.products:
            yield each.serial.form
