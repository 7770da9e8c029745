"""What one part of a recall file says of another: the problems found between them.

Each problem carries the path of the field it stands in, so that its line can be named. Each check
names the parts it reads, so that it also runs on a file whose other parts cannot be read.
"""

from collections.abc import Callable, Iterator

from pydantic_core import InitErrorDetails, PydanticCustomError

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.scope_checks import scope_problems
from recalldesk.recalls.document.text_checks import FIGURE, text_problems

__all__ = ["FIGURE", "problems_between"]

Path = tuple[str | int, ...]
Problem = tuple[Path, str]
Check = Callable[[Contents], Iterator[Problem]]


def problems_between(
    contents: Contents, readable: frozenset[str] | None = None
) -> list[InitErrorDetails]:
    """All problems, in the form in which pydantic reports them.

    `readable` names the top fields that the document holds; None means all of them.
    """
    return [
        InitErrorDetails(
            type=PydanticCustomError("recall_file", "{message}", {"message": message}),
            loc=path,
            input=None,
        )
        for needed, check in CHECKS
        if readable is None or needed <= readable
        for path, message in check(contents)
    ]


def _twice(contents: Contents, field: str, name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, entry in enumerate(getattr(contents, field)):
        value = getattr(entry, name)
        if value in seen:
            yield (field, place, name), f"{value!r} is the {name} of two {field}"
        seen.add(value)


def _product_keys(contents: Contents) -> Iterator[Problem]:
    yield from _twice(contents, "products", "key")
    for place, product in enumerate(contents.products):
        keys = [variant.key for variant in product.variants]
        for key in {key for key in keys if keys.count(key) > 1}:
            yield ("products", place, "variants"), f"{key!r} is the key of two variants"


def _branding(contents: Contents) -> Iterator[Problem]:
    branded = [key for brand in contents.brands for key in brand.products]
    for place, product in enumerate(contents.products):
        count = branded.count(product.key)
        if count != 1:
            yield (
                ("products", place, "key"),
                f"{product.key!r} must belong to one brand; it belongs to {count or 'none'}",
            )


def _brand_products(contents: Contents) -> Iterator[Problem]:
    known = {product.key for product in contents.products}
    for place, brand in enumerate(contents.brands):
        for key in brand.products:
            if key not in known:
                yield (
                    ("brands", place, "products"),
                    f"names the product {key!r}, which is not defined",
                )


def _languages(contents: Contents) -> Iterator[Problem]:
    if len(set(contents.languages)) != len(contents.languages):
        yield ("languages",), "names a language twice"


def _remedy_countries(contents: Contents) -> Iterator[Problem]:
    known = set(contents.countries)
    for place, remedy in enumerate(contents.remedies):
        for country in sorted(set(remedy.countries) - known):
            yield ("remedies", place, "countries"), f"names {country}, which has no jurisdiction"
    for place, country in enumerate(contents.countries):
        if not any(country in remedy.countries for remedy in contents.remedies):
            yield ("jurisdictions", place, "country"), f"{country} is offered no remedy"


def _levels(contents: Contents) -> Iterator[Problem]:
    for place, jurisdiction in enumerate(contents.jurisdictions):
        levels, units = jurisdiction.levels, jurisdiction.units
        if levels is not None and levels.total != units:
            stated = "no units are stated" if units is None else f"the units stated are {units}"
            yield (
                ("jurisdictions", place, "levels"),
                f"the levels add up to {levels.total}, but {stated}",
            )


def _languages_and_figures(contents: Contents) -> Iterator[Problem]:
    yield from text_problems(contents, contents.languages, frozenset(contents.figures))


CHECKS: tuple[tuple[frozenset[str], Check], ...] = (
    (frozenset({"products"}), _product_keys),
    (frozenset({"brands"}), lambda contents: _twice(contents, "brands", "key")),
    (frozenset({"remedies"}), lambda contents: _twice(contents, "remedies", "key")),
    (frozenset({"jurisdictions"}), lambda contents: _twice(contents, "jurisdictions", "country")),
    (frozenset({"products", "brands"}), _branding),
    (frozenset({"products", "brands"}), _brand_products),
    (frozenset({"languages"}), _languages),
    (frozenset({"jurisdictions", "remedies"}), _remedy_countries),
    (frozenset({"jurisdictions"}), _levels),
    (frozenset({"languages", "figures"}), _languages_and_figures),
    (frozenset({"products", "scope"}), scope_problems),
)
