"""Section I: units corrected, by who had them when the recall began.

The rows are those of the corrections themselves, which are never changed: what came back or was
reported by mistake is a row with minus.
"""

from collections.abc import Mapping, Sequence

from recalldesk.remedies.corrections.states import COUNTS_AT, Level, Measure
from recalldesk.remedies.models import Correction
from recalldesk.reports.corrections.definitions import DEFINITIONS, Counted
from recalldesk.reports.corrections.sources import with_claims
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told

NAME = "corrections"
ROWS = {
    Level.MANUFACTURER: "Manufacturer",
    Level.DISTRIBUTOR: "Distributor",
    Level.RETAILER: "Retailers",
    Level.CONSUMER: "Consumers",
}
"""As the form calls them."""
SAYS = DEFINITIONS[Counted.CORRECTED].says


def part_of(level: Level, measure: Measure) -> str:
    """The part of the ledger that holds these rows."""
    return f"{level.value}-{measure.value}"


def _figure(level: Level) -> Figure:
    parts = frozenset(part_of(level, measure) for measure in COUNTS_AT[level])
    return Figure(f"corrected-{level.value}", Section.CORRECTED, ROWS[level], SAYS, NAME, parts)


BY_LEVEL: Mapping[Level, Figure] = {level: _figure(level) for level in Level}
TOTAL = Figure(
    "corrected-total",
    Section.CORRECTED,
    "Total",
    "The four rows above it together.",
    NAME,
    frozenset(part for figure in BY_LEVEL.values() for part in figure.parts),
)
BEFORE = Figure(
    "corrected-before",
    Section.CORRECTED,
    "Corrected before the takeover, among consumers",
    "Those of the units whose remedy another system had sent before the recall was taken over. "
    "They count on the day on which they were taken over, with minus where one came back since.",
    "corrections-before",
    frozenset({"before"}),
    is_beside=True,
)
FIGURES: tuple[Figure, ...] = (*BY_LEVEL.values(), TOTAL)


def _told(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = with_claims(Correction.objects.filter(pk__in=numbers)).defer("report__sealed_serial")
    return {row.pk: _row(row) for row in rows}


def _row(row: Correction) -> Told:
    claim = getattr(row, "reference", None) or ""
    place = getattr(row, "position", None)
    report = row.report
    return Told(
        (
            str(Level(row.level).label),
            str(Measure(row.measure).label),
            f"{claim} ({place})" if claim and place else claim,
            str(row.remedy_id or ""),
            report.reported_by if report else "",
            str(report.happened_on) if report else "",
            (report.brought_by_id or "") if report else "",
            (report.line or "") if report else "",
        ),
        kind="correction_report" if report else ("claim" if claim else ""),
        key=str(report.pk) if report else f"{claim}/{place}",
    )


LEDGER = Ledger(
    NAME,
    """
    SELECT level || '-' || measure AS part, id AS number, units AS adds, counted_at AS at
    FROM remedies_correction WHERE recall_id = %(recall)s
    """,
    ("Level", "How", "Claim", "Remedy", "Reported by", "Done on", "File", "Line"),
    _told,
)
BEFORE_LEDGER = Ledger(
    "corrections-before",
    """
    SELECT 'before' AS part, c.id AS number, c.units AS adds, c.counted_at AS at
    FROM remedies_correction c JOIN takeover_takenremedy t ON t.remedy_id = c.remedy_id
    WHERE c.recall_id = %(recall)s
    """,
    LEDGER.heads,
    _told,
)
