"""Which recalled product a searcher means.

Guarantees: pure; a name or model with a slip in it is still found, also among words that say more
(a colour, a capacity, a shop's title); a serial is never taken for a model that it merely begins
with.
"""

import re
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
SHORTEST_TELLING = 4
MEASURE = re.compile(r"\b(\d+)(mah|wh|w|v|l|ml|g|kg)\b")
"""A figure written together with its unit, as on a package."""


@dataclass(frozen=True)
class Found:
    """A product, with the recall and brand that it belongs to."""

    subject: Subject
    product: Product


def all_products(recalls: list[LiveRecall], *, first: str = "") -> tuple[Found, ...]:
    """Every recalled product: those of the brands that have the host name `first` before all
    others, and open recalls before closed ones."""
    ordered = sorted(recalls, key=lambda live: live.closed_at is not None)
    subjects = [subject for live in ordered for subject in brands_of(live)]
    return tuple(
        Found(subject, product)
        for subject in sorted(subjects, key=lambda each: first not in each.brand.hosts)
        for product in subject.products
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return MEASURE.sub(r"\1 \2", letters).split()


def _own_names(product: Product) -> list[str]:
    codes = [entry.value for entry in product.identifiers]
    return [product.model, *product.names, *product.also_searched_as, *codes]


def _common_words(found: Found) -> set[str]:
    """Words that many products share: the brand, the kind of thing, the colours."""
    product = found.product
    texts = [*product.kind.values(), *(n for v in product.variants for n in v.name.values())]
    return {word for text in (found.subject.brand.name, *texts) for word in _words(text)}


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
    own = [_words(name) for name in _own_names(found.product)]
    names = [*own, _words(found.subject.brand.name)]
    whole = max(fuzz.ratio(joined, "".join(name)) for name in names)
    common = _common_words(found)
    among = {word for name in own for word in name} | common
    scores = [_word_score(word, among) for word in query]
    each = sum(scores) / len(query)
    if min(scores) < GOOD_ENOUGH:
        # Some words mean nothing here. One that only this product bears is enough all the same.
        telling = {w for name in own for w in name if len(w) >= SHORTEST_TELLING} - common
        named = not telling.isdisjoint(query)
        each = GOOD_ENOUGH + (100 - GOOD_ENOUGH) * each / 100 if named else 0.0
    return max(whole, each)


def find_products(recalls: list[LiveRecall], text: str, *, first: str = "") -> tuple[Found, ...]:
    """The products meant by the beginning of a text, the best first, of equals those of the host
    name `first`; none where none is near."""
    query = _words(text[:LONGEST_QUERY])
    if not query:
        return ()
    scored = [(_score(query, found), found) for found in all_products(recalls, first=first)]
    best = max((score for score, _ in scored), default=0.0)
    if best < GOOD_ENOUGH:
        return ()
    least = max(GOOD_ENOUGH, best - NEARLY_AS_GOOD)
    near = [entry for entry in scored if entry[0] >= least]
    return tuple(found for _, found in sorted(near, key=lambda entry: -entry[0]))


def may_be_serial(text: str) -> bool:
    """Whether a text that names no product could be a serial."""
    normalised = normalise(text)
    return len(normalised) >= SHORTEST_SERIAL and any(c.isdigit() for c in normalised)
