"""Which recalled product a searcher means.

Guarantees: pure; a name or model with a slip in it is still found; a serial is never taken for a
model that it merely begins with.
"""

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

from recalldesk.foundation.serial_form import normalise
from recalldesk.portal.subject import Subject, brands_of
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import LiveRecall

GOOD_ENOUGH = 80.0
NEARLY_AS_GOOD = 8.0
SHORTEST_SERIAL = 8
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Found:
    """A product, with the recall and brand that it belongs to."""

    subject: Subject
    product: Product


def all_products(recalls: list[LiveRecall]) -> tuple[Found, ...]:
    """Every recalled product, open recalls first."""
    ordered = sorted(recalls, key=lambda live: live.closed_at is not None)
    return tuple(
        Found(subject, product)
        for live in ordered
        for subject in brands_of(live)
        for product in subject.products
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return letters.split()


def _names(found: Found) -> list[str]:
    product, brand = found.product, found.subject.brand.name
    codes = [entry.value for entry in product.identifiers]
    return [product.model, *product.names, *product.also_searched_as, *codes, brand]


def _word_score(word: str, among: set[str]) -> float:
    """How well one word of the query is found: digits must be right at the start at least."""
    best = 0.0
    for other in among:
        if word == other or (len(word) >= 3 and other.startswith(word)):
            return 100.0
        if len(word) >= 3:
            best = max(best, fuzz.ratio(word, other))
    return best


def _score(query: list[str], found: Found) -> float:
    """From 0 to 100: the whole query against one name, or each of its words among all of them."""
    joined = "".join(query)
    names = [_words(name) for name in _names(found)]
    whole = max(fuzz.ratio(joined, "".join(name)) for name in names)
    kinds = [word for kind in found.product.kind.values() for word in _words(kind)]
    among = {word for name in names for word in name} | set(kinds)
    each = sum(_word_score(word, among) for word in query) / len(query)
    weakest = min(_word_score(word, among) for word in query)
    return max(whole, each if weakest >= GOOD_ENOUGH else 0.0)


def find_products(recalls: list[LiveRecall], text: str) -> tuple[Found, ...]:
    """The products meant by a text, the best first; none where nothing is near enough."""
    query = _words(text[:LONGEST_QUERY])
    if not query:
        return ()
    scored = [(_score(query, found), found) for found in all_products(recalls)]
    best = max((score for score, _ in scored), default=0.0)
    if best < GOOD_ENOUGH:
        return ()
    least = max(GOOD_ENOUGH, best - NEARLY_AS_GOOD)
    near = [entry for entry in scored if entry[0] >= least]
    return tuple(found for _, found in sorted(near, key=lambda entry: -entry[0]))


def may_be_serial(text: str) -> bool:
    """Whether a text that names no product could be a serial."""
    normalised = normalise(text[:LONGEST_QUERY])
    return len(normalised) >= SHORTEST_SERIAL and any(c.isdigit() for c in normalised)
