"""Reports of made-up shops."""

from datetime import date
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.remedies.corrections.importing.run import CorrectionsTaken, import_corrections
from recalldesk.remedies.corrections.naming import listed_unit
from recalldesk.remedies.corrections.reporting import report_correction
from recalldesk.remedies.corrections.rows import Row, Usual
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import Correction, ReportedCorrection

SHOP = "Madeup Stores"
REFUND = Usual(Level.CONSUMER, Measure.REFUNDED, date(2026, 11, 20), SHOP)


def row(recall: Recall, serial: str = "", *, units: int = 1, **changed: object) -> Row:
    """A refund of one unit by its serial, or of so many."""
    unit = None
    if serial:
        version = live_version(recall)
        assert version is not None
        unit = listed_unit(serial, recall=recall, document=document_of(version))
        assert unit is not None
    fields: dict[str, object] = {
        "level": Level.CONSUMER,
        "measure": Measure.REFUNDED,
        "units": units,
        "happened_on": clock.now().date(),
        "reported_by": SHOP,
        "unit": unit,
    }
    return Row(**(fields | changed))  # type: ignore[arg-type]


def report(
    recall: Recall, by: Staff, serial: str = "", *, units: int = 1, **changed: object
) -> ReportedCorrection:
    """One that was entered at the desk."""
    entered = row(recall, serial, units=units, **changed)
    return report_correction(recall=recall, row=entered, by=by, note="They called.")


def take(
    recall: Recall, by: Staff, path: Path, usual: Usual = REFUND, *, only_look: bool = False
) -> CorrectionsTaken:
    """A file, taken in."""
    return import_corrections(recall=recall, path=path, by=by, usual=usual, only_look=only_look)


def written(folder: Path, *lines: str, name: str = "shop.csv", encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def counted(**which: object) -> int:
    """How many units count."""
    return sum(Correction.objects.filter(**which).values_list("units", flat=True))


def figures(taken: CorrectionsTaken) -> tuple[int, int, int, int, int, int]:
    """Lines, heading, accepted, rejected, duplicate, blank."""
    tally = taken.tally
    return (
        taken.lines,
        tally.heading,
        tally.accepted,
        tally.rejected,
        tally.duplicate,
        tally.blank,
    )
