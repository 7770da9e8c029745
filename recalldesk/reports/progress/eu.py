"""The summary for a market surveillance authority in the European Union.

The General Product Safety Regulation asks for no monthly form: what an authority asks a firm is
how many units, what was done, what harm there was, whom the firm told directly (Art. 35), where.
"""

from collections.abc import Sequence

from recalldesk.recalls.document import Document
from recalldesk.recalls.lint.countries import european_countries
from recalldesk.reports.progress.cells import abroad, notified
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.summary import Outline, Section, units_in


def _sections(document: Document, on_home_page: str) -> Sequence[Section]:
    countries = european_countries(document)
    corrected, told = abroad.by_country(countries)
    return (
        Section("Units in the Union", facts=units_in(document, countries)),
        Section("Units corrected, by remedy, all countries", tuple(abroad.BY_MEASURE.values())),
        Section("Units corrected, by country", tuple(corrected)),
        Section("Harm, all countries", tuple(abroad.OF_ALL_DAYS.values())),
        Section(
            "Consumers told directly, by way, all countries",
            (*notified.BY_WAY.values(), notified.IN_PERSON, abroad.TOLD),
        ),
        Section("Consumers told directly, by country", tuple(told)),
        Section("Told in public", facts=(("Home page", on_home_page),)),
    )


OUTLINE = Outline(
    ReportForm.EU,
    "Recall progress: summary for an EU authority",
    "There is no official form for this: Regulation (EU) 2023/988 asks for none. It holds what "
    "authorities usually ask for, counted as everything else here is. What is reported without a "
    "country stands as not known, and is in the figures of all countries.",
    _sections,
    lambda document: bool(european_countries(document)),
)
