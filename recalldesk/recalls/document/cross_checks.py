"""What one part of a recall file says of another: the problems found between them.

Each problem carries the path of the field it stands in, so that its line can be named. Each rule
names the fields it reads, so that it also runs on a file whose other fields cannot be read.
"""

from collections.abc import Callable, Iterator

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.firm import OTHER_SHOP
from recalldesk.recalls.document.parts import OF_THE_DESK, Counts, Problem, Rule
from recalldesk.recalls.document.scope_checks import SCOPE_RULES
from recalldesk.recalls.document.text_checks import TEXT_RULES

COUNTS_OF = {
    "injured": (Counts.INJURIES, Counts.INJURIES_UNTREATED, Counts.INJURIES_TREATED),
    "killed": (Counts.DEATHS,),
}
"""What figures of people who were hurt may count."""


def _twice(field: str, name: str) -> Callable[[Contents], Iterator[Problem]]:
    def check(contents: Contents) -> Iterator[Problem]:
        seen: set[str] = set()
        for place, entry in enumerate(getattr(contents, field)):
            value = getattr(entry, name)
            if value in seen:
                yield (field, place, name), f"{value!r} is the {name} of two {field}"
            seen.add(value)

    return check


def _own_name(contents: Contents) -> Iterator[Problem]:
    if contents.recall in OF_THE_DESK:
        yield ("recall",), f"{contents.recall!r} is an address of the desk; name it otherwise"


def _variant_keys(contents: Contents) -> Iterator[Problem]:
    for place, product in enumerate(contents.products):
        keys = [variant.key for variant in product.variants]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
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


def _company_products(contents: Contents) -> Iterator[Problem]:
    known = {product.key for product in contents.products}
    for place, company in enumerate(contents.companies):
        for key in company.products:
            if key not in known:
                yield (
                    ("companies", place, "products"),
                    f"names the product {key!r}, which is not defined",
                )


def _company_keys(contents: Contents) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, company in enumerate(contents.companies):
        key = company.key
        if key is None:
            continue
        if key == OTHER_SHOP:
            yield ("companies", place, "key"), f"{key!r} is the name of all shops without a key"
        elif key in seen:
            yield ("companies", place, "key"), f"{key!r} is the key of two companies"
        seen.add(key)


def _hurt(contents: Contents) -> Iterator[Problem]:
    if contents.incidents is None:
        return
    for field in ("injured", "killed"):
        for place, name in enumerate(getattr(contents.incidents, field) or ()):
            if name not in contents.figures:
                yield (
                    ("incidents", field, place),
                    f"names the figure {name}, which [figures] does not define",
                )


def _counted_as(contents: Contents) -> Iterator[Problem]:
    """A figure of people hurt that counts something else would say one thing and be another."""
    if contents.incidents is None:
        return
    for field, fit in COUNTS_OF.items():
        for place, name in enumerate(getattr(contents.incidents, field) or ()):
            figure = contents.figures.get(name)
            if figure is not None and figure.counts not in (None, *fit):
                yield (
                    ("incidents", field, place),
                    f"names the figure {name}, which counts {figure.counts}",
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


def _disposal_countries(contents: Contents) -> Iterator[Problem]:
    known = set(contents.countries)
    for place, case in enumerate(contents.disposal.cases):
        for country in sorted(set(case.countries) - known):
            at = ("disposal", "cases", place, "countries")
            yield at, f"names {country}, which has no jurisdiction"


def _levels(contents: Contents) -> Iterator[Problem]:
    for place, jurisdiction in enumerate(contents.jurisdictions):
        levels, units = jurisdiction.levels, jurisdiction.units
        if levels is not None and levels.total != units:
            stated = "no units are stated" if units is None else f"the units stated are {units}"
            yield (
                ("jurisdictions", place, "levels"),
                f"the levels add up to {levels.total}, but {stated}",
            )


RULES: tuple[Rule, ...] = (
    Rule(_own_name, ("recall",)),
    Rule(_twice("products", "key"), ("products.*.key",)),
    Rule(_variant_keys, ("products.@.variants.*.key",)),
    Rule(_twice("brands", "key"), ("brands.*.key",)),
    Rule(_twice("remedies", "key"), ("remedies.*.key",)),
    Rule(_twice("jurisdictions", "country"), ("jurisdictions.*.country",)),
    Rule(_branding, ("products.*.key", "brands.*.products")),
    Rule(_brand_products, ("products.*.key", "brands.@.products")),
    Rule(_company_products, ("products.*.key", "companies.@.products")),
    Rule(_company_keys, ("companies.*.key",)),
    Rule(_hurt, ("figures.NAMES", "incidents.injured", "incidents.killed")),
    Rule(_counted_as, ("figures", "incidents.injured", "incidents.killed")),
    Rule(_languages, ("languages",)),
    Rule(_remedy_countries, ("jurisdictions.*.country", "remedies.*.countries")),
    Rule(_disposal_countries, ("jurisdictions.*.country", "disposal.cases.*.countries")),
    Rule(_levels, ("jurisdictions.@.levels", "jurisdictions.@.units")),
    *TEXT_RULES,
    *SCOPE_RULES,
)
