"""The summary for Health Canada, of any period; a quarter is usual.

Health Canada agrees the follow-up of a recall with the firm, case by case; there is no form.
"""

from collections.abc import Sequence

from recalldesk.recalls.document import Document
from recalldesk.reports.progress.cells import abroad, contacted, corrected, notified, publicity
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.summary import Outline, Section, units_in

CANADA = "CA"


def _sections(document: Document, on_home_page: str) -> Sequence[Section]:
    return (
        Section("Units sold in Canada", facts=units_in(document, (CANADA,))),
        Section(
            "Units corrected",
            (
                abroad.corrected_in(CANADA),
                abroad.corrected_in(abroad.NO_COUNTRY),
                *corrected.FIGURES,
            ),
        ),
        Section("Incidents, all countries", tuple(abroad.OF_ALL_DAYS.values())),
        Section(
            "Communication: told directly",
            (
                abroad.told_in(CANADA),
                abroad.told_in(abroad.NO_COUNTRY),
                *notified.BY_WAY.values(),
                notified.REMINDERS,
            ),
        ),
        Section("Communication: who contacted the firm", contacted.FIGURES),
        Section(
            "Communication: in public",
            (publicity.WEB, publicity.LOOKS),
            (("Home page", on_home_page),),
        ),
    )


OUTLINE = Outline(
    ReportForm.CANADA,
    "Recall progress: summary for Health Canada",
    "There is no official form for this: Health Canada agrees with the firm what it wants to know, "
    "and how often; a quarter is usual. Figures without a country are of all countries of the "
    "recall.",
    _sections,
    lambda document: CANADA in document.countries,
)
