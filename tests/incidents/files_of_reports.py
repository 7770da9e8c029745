"""Files of made-up reports."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.incidents.importing.run import ReportsTaken, import_reports
from recalldesk.recalls.models import Recall

SAFERPRODUCTS = (
    *("Report No.", "Report Date", "Sent to Manufacturer / Importer / Private Labeler"),
    *("Publication Date", "Category of Submitter", "Product Description", "Product Category"),
    *("Product Sub Category", "Product Type", "Product Code"),
    *("Manufacturer / Importer / Private Labeler Name", "Brand", "Model Name or Number"),
    *("Serial Number", "UPC", "Date Manufactured", "Manufacturer Date Code", "Retailer"),
    *("Retailer State", "Purchase Date", "Purchase Date Is Estimate", "Incident Description"),
    *("City", "State", "ZIP", "Location", "(Primary) Victim Severity"),
    *("(Primary) Victim's Gender", "My Relation To The (Primary) Victim"),
    *("(Primary) Victim's Age (years)", "Submitter Has Product"),
    *("Product Was Damaged Before Incident", "Damage Description", "Damage Repaired"),
    *("Product Was Modified Before Incident", "Have You Contacted The Manufacturer"),
    *("If Not Do You Plan To", "Answer Explanation", "Company Comments"),
    "Associated Report Numbers",
)
"""The columns of an export, as the site writes them."""
OWN = ("Report No.", "Report Date", "Incident Description", "Happened", "Care")
"""A small register of a firm's own."""


def as_csv(heads: Sequence[str], *rows: Mapping[str, str] | Sequence[str]) -> str:
    """A file with these columns, quoted where needed."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        cells = [row.get(head, "") for head in heads] if isinstance(row, Mapping) else row
        writer.writerow(cells)
    return out.getvalue()


def written(folder: Path, text: str | bytes, name: str = "reports.csv") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def take(recall: Recall, by: Staff, path: Path, *, only_look: bool = False) -> ReportsTaken:
    """A file, taken in."""
    return import_reports(recall=recall, path=path, by=by, only_look=only_look)


def figures(taken: ReportsTaken) -> tuple[int, ...]:
    """Lines, and what they are made of, in the law's order."""
    tally = taken.tally
    parts = (tally.heading, tally.accepted, tally.rejected, tally.duplicate, tally.blank)
    found = (taken.lines, *parts, tally.continued)
    assert found[0] == sum(found[1:])
    return found
