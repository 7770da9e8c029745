"""The made-up reports behind the figures of an example's notice, brought in as a firm would.

Guarantee: they come in once; how they are counted is for the tally.
"""

from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.incidents.importing.run import ReportsTaken, import_reports
from recalldesk.recalls.reads import recall_named

FILE = "incidents.csv"


def bring_in_reports(*, folder: Path, by: Staff) -> ReportsTaken | None:
    """Takes in the file of an example; None where it has none, or it was taken in before."""
    recall, path = recall_named(folder.name), folder / FILE
    if recall is None or not path.exists():
        return None
    taken = import_reports(recall=recall, path=path, by=by)
    return None if taken.is_known else taken
