"""To whom an owner may report besides the firm: each country's authority, with its own page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recalldesk.recalls.document import Document

PAGES: Mapping[str, str] = {
    "US": "https://www.saferproducts.gov",
    "CA": "https://recalls-rappels.canada.ca",
    "EU": "https://ec.europa.eu/safety-gate",
}
UNION = frozenset(
    code
    for codes in ("AT BE BG CY CZ DE DK EE ES", "FI FR GR HR HU IE IT LT LU", "LV MT NL PL PT RO")
    for code in codes.split()
) | {"SE", "SI", "SK"}


@dataclass(frozen=True)
class Authority:
    """The authority of a country, as the recall names it. `url` is empty where none is known."""

    country: str
    name: str
    url: str

    @property
    def shown(self) -> str:
        """The address as it is read and typed."""
        return self.url.removeprefix("https://").removeprefix("www.")


def authorities_of(documents: Iterable[Document]) -> tuple[Authority, ...]:
    """The authorities of the countries of these recalls, each once."""
    found = {
        each.country: Authority(
            each.country,
            each.regulator,
            PAGES.get("EU" if each.country in UNION else each.country, ""),
        )
        for document in documents
        for each in document.jurisdictions
    }
    return tuple(found.values())
