"""What the tally and the reports say. Pure.

Guarantee: each number names the figure whose rows stand behind it.
"""

from collections.abc import Sequence

from recalldesk.incidents.states import IncidentState
from recalldesk.incidents.tally.beside import Beside
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import title_of
from recalldesk.incidents.tally.figures import Figure, Kind, every_figure
from recalldesk.incidents.tally.row_sets import plain_number
from recalldesk.reports.section15b.parts import Item, Known, ReportRow

SOURCE = "the tally of incidents"
SAID = (
    Kind.REPORTS,
    Kind.INCIDENTS,
    Kind.FIRES_AND_EXPLOSIONS,
    Kind.HAPPENED,
    Kind.INJURIES,
    Kind.CARE,
    Kind.DEATHS,
    Kind.PROPERTY_REPORTS,
    Kind.DAMAGE,
    Kind.DAMAGE_UNKNOWN,
)
ALWAYS = (Kind.REPORTS, Kind.INJURIES, Kind.DEATHS)
"""Said also where they are nothing."""


def harm(tally: Tally, beside: Sequence[Beside]) -> Item:
    """Item 4."""
    known = [
        Known(f"{title_of(figure)}: {plain_number(number)}", SOURCE, figure)
        for figure in every_figure(tally.currencies)
        if figure.kind in SAID and ((number := tally.number(figure)) or figure.kind in ALWAYS)
    ]
    missing = []
    if unknown := tally.number(Figure(Kind.HAPPENED, "unknown")):
        missing.append(f"What happened in {unknown} of the incidents: ask, and enter it.")
    if unknown := tally.number(Figure(Kind.CARE, "unknown")):
        missing.append(f"What care {unknown} of the people hurt had: ask, and enter it.")
    if unknown := tally.number(Figure(Kind.DAMAGE_UNKNOWN)):
        missing.append(f"What the damage in {unknown} of the reports is worth: ask, and enter it.")
    missing += [
        f"Incident {each.joined} is joined to {each.counted} and tells of more harm than stands "
        "there: compare them, and add what counts."
        for each in beside
    ]
    missing.append("The risk that is expected, and how grave: write it in by hand.")
    return Item(4, tuple(known), tuple(missing))


def obtained(rows: Sequence[ReportRow], tally: Tally, *, with_accounts: bool) -> Item:
    """Item 6."""
    known = []
    for by in dict.fromkeys(row.told_by for row in rows):
        of = [row for row in rows if row.told_by == by]
        first, last = min(row.known_since for row in of), max(row.known_since for row in of)
        known.append(
            Known(
                f"{by}: {len(of)}, first written here on {first:%Y-%m-%d %H:%M} UTC, last on "
                f"{last:%Y-%m-%d %H:%M} UTC",
                "the reports below",
                Figure(Kind.REPORTS),
            )
        )
    missing = []
    waiting = tally.number(Figure(Kind.STATE, IncidentState.OBTAINED.value))
    if waiting:
        missing.append(f"Whether {waiting} of the reports have to be reported: decide them.")
    if rows and not with_accounts:
        missing.append(
            "Copies or a summary of what people told: make the PDF with it, by somebody who may "
            "see health data."
        )
    missing.append("Tests, control of quality and other sources: write them in by hand.")
    return Item(6, tuple(known), tuple(missing))
