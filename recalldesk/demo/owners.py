"""The made-up owners of the tour, each with a unit of their own.

Guarantee: a unit that was claimed is left out, whoever claimed it, as is one that a shop refunded,
since a person looks at its claim; and all of an owner follows from the unit's place in the list: so
a second tour in the same folder has other owners, who share nothing with the first ones that a
person would have to look at.
"""

import gzip
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from recalldesk.claims.models import Claim
from recalldesk.claims.states import FilingState
from recalldesk.demo.claim_tour import Owner
from recalldesk.demo.tour_photos import Unit
from recalldesk.recalls.document import Document
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.units.naming import identity_of

NAMES = ("Olga Example", "Sam Sample", "Mia Mistaken")


def owners_of(
    file: Path, document: Document, remedies: Sequence[str]
) -> Iterator[tuple[Owner, Unit]]:
    """An owner for each remedy, with the next unit of the file that nobody claimed.

    Raises LookupError where the file has no more.
    """
    units = _unclaimed(file, document)
    for remedy, name in zip(remedies, NAMES, strict=False):
        found = next(units, None)
        if found is None:
            raise LookupError(f"no unit in {file.name} that nobody has claimed")
        place, serial = found
        email = f"{name.split()[0].lower()}-{place}@example.org"
        owner = Owner(name, email, f"{place} Example Street", remedy)
        yield owner, Unit(serial, document.products[0].model, name, seed=2 * place)


def _unclaimed(file: Path, document: Document) -> Iterator[tuple[int, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        next(lines)
        for place, line in zip(count(1), lines, strict=False):
            serial = line.strip()
            unit = digest(Claim, "unit_digest", identity_of(serial, document))
            sent = Claim.objects.filter(unit_digest=unit)
            told = ReportedCorrection.objects.filter(unit_digest=unit)
            if not sent.exclude(filing__state=FilingState.DRAFT).exists() and not told.exists():
                yield place, serial
