"""The columns of the three files, by our names, with the headings that mean them.

A heading may be written with spaces or with underscores, in any case. A mapping file names others.
"""

from collections.abc import Mapping

from recalldesk.takeover.states import FileOf

REMEDY_COLUMNS = (
    "remedy",
    "remedy_state",
    "remedy_amount",
    "remedy_currency",
    "remedy_provider",
    "remedy_reference",
    "remedy_on",
)
ADDRESS_COLUMNS = ("street_address", "city_area", "city", "country_area", "postal_code")
COLUMNS: Mapping[FileOf, tuple[str, ...]] = {
    FileOf.CLAIMS: (
        *("reference", "unit", "state", "filed_on", "serial", "product", "name", "email", "phone"),
        *ADDRESS_COLUMNS,
        *("country", "language", *REMEDY_COLUMNS, "photos"),
    ),
    FileOf.REMEDIES: ("reference", "unit", "serial", *REMEDY_COLUMNS),
    FileOf.NOTICES: (
        *("contact", "way", "told_on", "state"),
        *ADDRESS_COLUMNS,
        *("country", "language"),
    ),
}
"""The first one is needed in every file. `unit`: which of several of a claim, where no serial says
it; `photos`: names of files, with a semicolon between."""
WORDS: Mapping[FileOf, frozenset[str]] = {
    FileOf.CLAIMS: frozenset(
        {"states", "products", "remedies", "remedy_states", "providers", "languages", "countries"}
    ),
    FileOf.REMEDIES: frozenset({"remedies", "remedy_states", "providers"}),
    FileOf.NOTICES: frozenset({"ways", "states", "languages", "countries"}),
}
"""Tables of a mapping file: what a word of the other system means here."""
USUAL: Mapping[FileOf, frozenset[str]] = {
    FileOf.CLAIMS: frozenset(
        {"state", "product", "country", "language", *REMEDY_COLUMNS} - {"remedy_reference"}
    ),
    FileOf.REMEDIES: frozenset(REMEDY_COLUMNS) - {"remedy_reference"},
    FileOf.NOTICES: frozenset({"way", "told_on", "state", "country", "language"}),
}
"""What may be said once for all lines that do not say it themselves."""


def plain(text: str) -> str:
    """A heading or a word as it is compared."""
    return " ".join(text.replace("_", " ").split()).casefold()


def headings_of(kind: FileOf, named: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Our name of each column, with the headings that mean it. `named`: by a mapping file; a column
    that it names is known by no other heading."""
    return {name: tuple(dict.fromkeys(_spellings(named.get(name, name)))) for name in COLUMNS[kind]}


def _spellings(heading: str) -> tuple[str, ...]:
    said = " ".join(heading.split()).casefold()
    return said, said.replace("_", " "), said.replace(" ", "_")
