"""Files of a made-up former system, in our own headings, and what becomes of them."""

import csv
import io
from functools import cache
from pathlib import Path

from recalldesk.claims.models import Claim
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.takeover.kept_files import Taken
from recalldesk.takeover.run import files_in, look_over, take_over
from tests.cast import Desk, recall_text
from tests.claims.owner import MORE_REMEDIES

UNITS = 60
FILED_ON = "2025-03-01"
PAID_ON = "2025-03-08"
SMALL = 'system = "Example Recall Suite"\n'
ORDERED_BY = '\n[remedies.ordering]\nprovider = "tremendous"\ncampaign = "CAMPAIGN1"\n'


@cache
def text_of_cards(units: int = UNITS) -> str:
    """The kettle's recall file, which offers a gift card by a service beside the others."""
    more = MORE_REMEDIES.replace(
        'shops = ["Example Shop"]\ndays = 5\n', f'shops = ["Example Shop"]\ndays = 5\n{ORDERED_BY}'
    )
    return recall_text(units=units).replace("# Working days in", more + "\n# Working days in", 1)


@cache
def kettles(units: int = UNITS) -> tuple[str, ...]:
    """Made-up serials of the recall."""
    document: Document = read_recall_file(text_of_cards(units))
    form = document.products[0].serial.form
    return tuple(made_up_serials(form, units, seed=7, numbering=Numbering.RANDOM))


def write(folder: Path, name: str, *rows: dict[str, str], mapping: str = SMALL) -> Path:
    """A file of these rows in the folder, and a mapping."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, restval="")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "takeover.toml").write_text(mapping, encoding="utf-8")
    path = folder / f"{name}.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def claim(number: int, **said: str) -> dict[str, str]:
    """A row of a claim for one of the kettles, paid if nothing else is said."""
    return {
        "reference": f"ERS-{number:04d}",
        "state": "settled",
        "filed on": FILED_ON,
        "serial": kettles()[number],
        "name": "Olive Made-Up",
        "email": f"owner{number}@home.example",
        "remedy": "card",
    } | said


def paid(number: int, **said: str) -> dict[str, str]:
    """The same, with its remedy in the row."""
    return claim(
        number,
        **{
            "remedy state": "delivered",
            "remedy amount": "39.90",
            "remedy provider": "tremendous",
            "remedy reference": f"ORDER{number}",
            "remedy on": PAID_ON,
        }
        | said,
    )


def taken(desk: Desk, folder: Path) -> list[Taken]:
    """What becomes of the folder's files."""
    return take_over(recall=desk.recall(), named=files_in(folder), by=desk.cast.administrator)


def looked_at(desk: Desk, folder: Path) -> list[Taken]:
    """What would become of them."""
    done, _ = look_over(recall=desk.recall(), named=files_in(folder), by=desk.cast.administrator)
    return done


def counts(done: Taken) -> tuple[int, int, int]:
    """Accepted, rejected, duplicate."""
    assert done.read is not None
    return done.read.accepted, done.read.rejected, done.read.duplicate


def why(done: Taken) -> list[str]:
    """Why lines were not taken."""
    assert done.read is not None
    return [each.why for each in done.read.rejects]


def claim_of(number: int) -> Claim:
    """The claim that a row became."""
    from recalldesk.claims.former_references import filings_of_reference

    (filing,) = filings_of_reference(f"ERS-{number:04d}")
    return Claim.objects.select_related("remedy", "filing").get(filing_id=filing)
