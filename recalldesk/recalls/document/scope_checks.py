"""Whether the scope can be read with the forms of the serials of the products it names."""

from collections.abc import Iterator

from recalldesk.foundation.serial_form import normalise
from recalldesk.foundation.serial_pattern import PatternError
from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.parts import Problem, Rule
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.scope import RangeSpec


def _pattern_problems(contents: Contents) -> Iterator[Problem]:
    for place, entry in enumerate(contents.scope.patterns):
        for product in _named(entry.products, contents.product_by_key):
            try:
                product.serial.expand(entry.pattern)
            except PatternError as error:
                yield ("scope", "patterns", place, "pattern"), str(error)


def _list_problems(contents: Contents) -> Iterator[Problem]:
    for place, listed in enumerate(contents.scope.lists):
        named = _named(listed.products, contents.product_by_key)
        if len({product.serial.form.profile for product in named}) > 1:
            yield (
                ("scope", "lists", place, "products"),
                "these have serials of different alphabets or look-alikes; give each its own list",
            )


def _ranges_problems(contents: Contents) -> Iterator[Problem]:
    for place, ends in enumerate(contents.scope.ranges):
        for product in _named(ends.products, contents.product_by_key):
            for message in _range_problems(ends, product):
                yield ("scope", "ranges", place), message


def _named(keys: tuple[str, ...], known: dict[str, Product]) -> list[Product]:
    return [known[key] for key in keys if key in known]


def _unknown_products(contents: Contents) -> Iterator[Problem]:
    for kind in ("lists", "ranges", "patterns"):
        for place, entry in enumerate(getattr(contents.scope, kind)):
            for key in entry.products:
                if key not in contents.product_by_key:
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


_PRODUCTS = ("products.*.key",)
_FORM = (
    *_PRODUCTS,
    "products.*.serial.alphabet",
    "products.*.serial.shortest",
    "products.*.serial.longest",
)
_WHOLE_FORM = (
    *_FORM,
    "products.*.serial.folding",
    "products.*.serial.look_alikes",
    "products.*.serial.shapes",
)
SCOPE_RULES: tuple[Rule, ...] = (
    Rule(_unknown_products, (*_PRODUCTS, "scope.*.*.products")),
    Rule(_pattern_problems, (*_FORM, "scope.patterns.@")),
    Rule(_list_problems, (*_WHOLE_FORM, "scope.lists.@.products")),
    Rule(_ranges_problems, (*_WHOLE_FORM, "scope.ranges.@")),
)
