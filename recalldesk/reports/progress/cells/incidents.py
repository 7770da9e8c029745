"""Section II: incidents, injuries and deaths, before and after the recall.

The rows of incidents change in place, so what counts are their moves (`moving`): what was told,
joined with another, parted or struck moves a figure at the moment at which it was written here.
"""

from collections.abc import Mapping, Sequence

from recalldesk.incidents.models import Incident
from recalldesk.incidents.tally.definitions import DEFINITIONS, STRUCK, WHEN
from recalldesk.incidents.tally.figures import Kind, When
from recalldesk.purchasers.models import OrderFile
from recalldesk.reports.models import FigureMove
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told

NAME = "moves"
SEALED = ("sealed_serial", "sealed_contact", "sealed_account")
KINDS = {Kind.INCIDENTS: "Incidents", Kind.INJURIES: "Injuries", Kind.DEATHS: "Deaths"}
MOMENT = (
    "It is of the day, of UTC, on which it was written here. What was joined with another report, "
    "or struck as wrong, is taken off on the day on which that was done."
)
_SHORT = {
    When.BEFORE: "before the recall",
    When.AFTER: "after the recall",
    When.UNKNOWN: "day not known",
}


def _figure(kind: Kind, when: When) -> Figure:
    name = f"{kind.value}-{when.value}"
    is_beside = when is When.UNKNOWN
    beside = "Their day is not known, so that they stand in neither column of the form. "
    says = f"{DEFINITIONS[kind].says} {WHEN} {STRUCK} {MOMENT}"
    return Figure(
        name,
        Section.INCIDENTS,
        f"{KINDS[kind]}, {_SHORT[when]}",
        beside + says if is_beside else says,
        NAME,
        frozenset({name}),
        is_beside,
    )


BY_KIND: Mapping[tuple[Kind, When], Figure] = {
    (kind, when): _figure(kind, when) for kind in KINDS for when in When
}
FIGURES: tuple[Figure, ...] = tuple(BY_KIND.values())


def _told(numbers: Sequence[int]) -> Mapping[int, Told]:
    moves = list(FigureMove.objects.filter(pk__in=numbers))
    of_files = {move.thing for move in moves if move.part == "registrations"}
    of_incidents = {move.thing for move in moves} - of_files
    incidents = Incident.objects.defer(*SEALED).in_bulk(list(of_incidents))
    files = OrderFile.objects.in_bulk(list(of_files))
    return {
        move.pk: _of_file(files[move.thing])
        if move.part == "registrations"
        else _of_incident(incidents[move.thing])
        for move in moves
    }


def _of_incident(row: Incident) -> Told:
    about = "" if row.is_day_exact else "about "
    return Told(
        (
            "Incident",
            row.pk,
            str(row.get_happened_display()),
            f"{about}{row.happened_on}" if row.happened_on else "",
            str(row.get_state_display()),
        ),
        kind="incident",
        key=str(row.pk),
    )


def _of_file(row: OrderFile) -> Told:
    state = "Taken back" if row.taken_back_at else "Counts"
    cells = ("File of registrations", row.pk, str(row.get_channel_display()), "", state)
    return Told(cells, kind="order_file", key=str(row.pk))


LEDGER = Ledger(
    NAME,
    """
    SELECT part, id AS number, adds, at FROM reports_figuremove WHERE recall_id = %(recall)s
    """,
    ("What moved", "Number", "What happened", "Happened on", "Decision"),
    _told,
)
