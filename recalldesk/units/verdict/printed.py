"""How many serials stand in print on what was photographed: pure, and never which.

Guarantee: what is counted is form alone, so that the count says nothing of any recall's scope.
"""

from collections.abc import Iterable, Iterator

from recalldesk.foundation.serial_form import normalise
from recalldesk.units.verdict.known import KnownProduct
from recalldesk.units.verdict.live_versions import LiveVersions

MOST_GROUPS = 8
"""Words into which one serial may be broken."""


def serials_printed(lines: Iterable[str], live: LiveVersions) -> set[str]:
    """The texts of the lines that have the form of some product's serials: words, several words
    together, and pieces of a word that is too long for one. Without a digit it is a word, unless
    the serials have none."""
    products = [product for _, product in live.products]
    if not products:
        return set()
    return {text for line in set(lines) for text in _serials_in(line, products, live)}


def _serials_in(line: str, products: list[KnownProduct], live: LiveVersions) -> Iterator[str]:
    words = [word for word in map(normalise, line.split()) if word]
    longest = max(product.form.longest for product in products)
    place = 0
    while place < len(words):
        bare = live.readings_of(words[place])[0]
        if len(bare) > longest:
            yield from _pieces_of(bare, longest)
            place += 1
            continue
        serial, taken = _first_serial(words[place : place + MOST_GROUPS], longest, products, live)
        if serial:
            yield serial
        place += taken


def _pieces_of(word: str, longest: int) -> Iterator[str]:
    """As many as there could be of the longest serials in a word, by where each would begin."""
    pieces = (word[at : at + longest] for at in range(0, len(word) - longest + 1, longest))
    return (piece for piece in pieces if _has_digit(piece))


def _first_serial(
    words: list[str], longest: int, products: list[KnownProduct], live: LiveVersions
) -> tuple[str, int]:
    """The serial that the words begin with and how many of them it takes; or none, and one."""
    text = ""
    for taken, word in enumerate(words, 1):
        text += word
        if len(text) > 2 * longest:
            break
        for reading in live.readings_of(text):
            if any(_is_serial(reading, product) for product in products):
                return reading, taken
    return "", 1


def _is_serial(text: str, product: KnownProduct) -> bool:
    has_digits = _has_digit(text) or not _has_digit(product.form.alphabet)
    return has_digits and product.fits(text)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
