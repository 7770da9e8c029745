"""Whether the scope can be read with the forms of the serials of the products it names."""

from collections.abc import Iterator

from recalldesk.foundation.serial_form import normalise
from recalldesk.foundation.serial_pattern import PatternError
from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.scope import RangeSpec

Problem = tuple[tuple[str | int, ...], str]


def scope_problems(contents: Contents) -> Iterator[Problem]:
    """Every problem between `scope` and `products`, with its path."""
    known = {product.key: product for product in contents.products}
    yield from _unknown_products(contents, frozenset(known))
    for place, entry in enumerate(contents.scope.patterns):
        for product in _named(entry.products, known):
            try:
                product.serial.expand(entry.pattern)
            except PatternError as error:
                yield ("scope", "patterns", place, "pattern"), str(error)
    for place, listed in enumerate(contents.scope.lists):
        profiles = {product.serial.form.profile for product in _named(listed.products, known)}
        if len(profiles) > 1:
            yield (
                ("scope", "lists", place, "products"),
                "these have serials of different alphabets or look-alikes; give each its own list",
            )
    for place, ends in enumerate(contents.scope.ranges):
        for product in _named(ends.products, known):
            for message in _range_problems(ends, product):
                yield ("scope", "ranges", place), message


def _named(keys: tuple[str, ...], known: dict[str, Product]) -> list[Product]:
    return [known[key] for key in keys if key in known]


def _unknown_products(contents: Contents, known: frozenset[str]) -> Iterator[Problem]:
    for kind in ("lists", "ranges", "patterns"):
        for place, entry in enumerate(getattr(contents.scope, kind)):
            for key in entry.products:
                if key not in known:
                    yield (
                        ("scope", kind, place, "products"),
                        f"names the product {key!r}, which is not defined",
                    )


def _range_problems(ends: RangeSpec, product: Product) -> Iterator[str]:
    form = product.serial.form
    start, end = form.fold(normalise(ends.start)), form.fold(normalise(ends.end))
    if len(start) != len(end):
        yield f"{start} to {end}: the ends differ in length; write one range for each length"
        return
    if start > end:
        yield f"{start} to {end}: the end comes before the start"
    first = next((i for i, (a, b) in enumerate(zip(start, end, strict=True)) if a != b), None)
    letters = first is not None and not (start[first:] + end[first:]).isdigit()
    if letters and ends.counting == "digits":
        yield f'{start} to {end}: the ends differ in letters; say counting = "alphabet"'
    for text in dict.fromkeys((start, end)):
        if not form.is_well_formed(text):
            yield f"{text} does not have the form of the serials of {product.model}"
