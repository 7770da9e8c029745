"""Where the General Product Safety Regulation (GPSR, Regulation (EU) 2023/988) binds, and in which
languages a notice must stand there.

The European Economic Area's other three states are told apart: the Regulation is marked as relevant
there, but takes effect only as the EEA Agreement takes it in. It binds in Northern Ireland, not in
the rest of the United Kingdom.
"""

from collections.abc import Mapping

from recalldesk.recalls.document import Document

UNITED_STATES = "US"
UNITED_KINGDOM = "GB"
OFFICIAL_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "AT": ("de",),
    "BE": ("nl", "fr", "de"),
    "BG": ("bg",),
    "CY": ("el", "tr"),
    "CZ": ("cs",),
    "DE": ("de",),
    "DK": ("da",),
    "EE": ("et",),
    "ES": ("es",),
    "FI": ("fi", "sv"),
    "FR": ("fr",),
    "GR": ("el",),
    "HR": ("hr",),
    "HU": ("hu",),
    "IE": ("en", "ga"),
    "IT": ("it",),
    "LT": ("lt",),
    "LU": ("lb", "fr", "de"),
    "LV": ("lv",),
    "MT": ("mt", "en"),
    "NL": ("nl",),
    "PL": ("pl",),
    "PT": ("pt",),
    "RO": ("ro",),
    "SE": ("sv",),
    "SI": ("sl",),
    "SK": ("sk",),
}
"""The 27 member states of the European Union with their official languages."""
EUROPEAN_ECONOMIC_AREA: Mapping[str, tuple[str, ...]] = {
    "IS": ("is",),
    "LI": ("de",),
    "NO": ("nb", "nn", "no"),
}


def european_countries(document: Document) -> tuple[str, ...]:
    """The recall's countries that are in the European Union."""
    return tuple(country for country in document.countries if country in OFFICIAL_LANGUAGES)


def has_northern_ireland(document: Document) -> bool:
    """Whether the file says that units were sold in Northern Ireland."""
    return any(jurisdiction.northern_ireland for jurisdiction in document.jurisdictions)


def places_under_gpsr(document: Document) -> tuple[tuple[int, str], ...]:
    """The places in `jurisdictions` where the Regulation binds or may come to, with the country."""
    return tuple(
        (place, jurisdiction.country)
        for place, jurisdiction in enumerate(document.jurisdictions)
        if jurisdiction.country in OFFICIAL_LANGUAGES
        or jurisdiction.country in EUROPEAN_ECONOMIC_AREA
        or jurisdiction.northern_ireland
    )


def languages_of(country: str) -> tuple[str, ...]:
    """The official languages of a country under the Regulation."""
    return OFFICIAL_LANGUAGES.get(country) or EUROPEAN_ECONOMIC_AREA.get(country) or ("en",)
