"""Which parts of a recall's scope share an index: those that fold alike and lose the same units.

Guarantee: an exclusion takes units only from entries whose products it names, every one of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec

Entry = ListSpec | RangeSpec | PatternSpec


@dataclass
class Group:
    """Entries of one profile from which the same exclusions are taken."""

    form: SerialForm
    recalled: list[Entry] = field(default_factory=list)
    excluded: list[Entry] = field(default_factory=list)


def entries(document: Document, meaning: Meaning) -> list[Entry]:
    """The lists, ranges and patterns of one meaning."""
    scope = document.scope
    everything: Iterable[Entry] = (*scope.lists, *scope.ranges, *scope.patterns)
    return [entry for entry in everything if entry.meaning is meaning]


def groups_of(document: Document) -> list[Group]:
    """The groups of a document, in the order in which their first entries stand."""
    exclusions = entries(document, Meaning.EXCLUDED)
    found: dict[object, Group] = {}
    for entry in entries(document, Meaning.RECALLED):
        applying = [e for e in exclusions if set(e.products) >= set(entry.products)]
        for form in {document.product_by_key[key].serial.form for key in entry.products}:
            key = (form.profile, tuple(exclusions.index(e) for e in applying))
            group = found.setdefault(key, Group(form, excluded=applying))
            if entry not in group.recalled:
                group.recalled.append(entry)
    return list(found.values())


def made_of(document: Document) -> dict[str, list[Entry]]:
    """For each product with a list of all serials made, its entries of that meaning."""
    made: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(document, Meaning.MADE):
        for key in entry.products:
            made[key].append(entry)
    return dict(made)


def patterns_of(entry: PatternSpec, document: Document, form: SerialForm) -> list[tuple[str, ...]]:
    """A pattern for the products of one profile, as sorted characters of each place."""
    products = (document.product_by_key[key] for key in entry.products)
    expansions = {
        tuple("".join(sorted(members)) for members in places)
        for product in products
        if product.serial.form.profile == form.profile
        for places in product.serial.expand(entry.pattern)
    }
    return sorted(expansions)
