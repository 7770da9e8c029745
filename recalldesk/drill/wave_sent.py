"""Purchasers of a made-up order file are told by a wave, written by one made-up person and
approved by another.

Guarantee: all of it goes by the real importer and the real wave; letters fall into the sandbox's
folder.
"""

import csv
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db.models import Count

from recalldesk.accounts.models import Staff
from recalldesk.drill.owners import MadeUpOwner
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.actions import approve_wave, ask_for_approval, draft_wave
from recalldesk.purchasers.importing.run import import_orders
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.models import Recall

WITHOUT_MAIL = 8
"""Of so many purchasers one gave no mail address."""
UNTIL_TOLD = 120.0
HEADINGS = (
    "First",
    "Last",
    "Email",
    "Street",
    "City",
    "State",
    "ZIP",
    "Country",
    "Model",
    "Serial",
)
MAPPING = """# A made-up file of registrations, for a drill.
channel = "drill"
kind = "registrations"

[columns]
title = "Model"
serial = "Serial"
first_name = "First"
last_name = "Last"
email = "Email"
street_1 = "Street"
city = "City"
state = "State"
postal_code = "ZIP"
country = "Country"
"""


@dataclass
class WaveSent:
    """`lines`: in the file; `matched`: that name an affected unit; `notices`: of the wave;
    `letters`: sent; `twice`: people who were written to twice; `problem`: why it stopped."""

    lines: int = 0
    matched: int = 0
    notices: int = 0
    letters: int = 0
    twice: int = 0
    seconds: float = 0.0
    problem: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def begin_wave(
    recall: Recall,
    owners: Sequence[MadeUpOwner],
    models: dict[str, str],
    folder: Path,
    *,
    writer: Staff,
    approver: Staff,
) -> WaveSent:
    """Brings the file in and starts the wave; what is wrong is said, and stops nothing else."""
    sent = WaveSent()
    try:
        path, mapping = _written(owners, models, folder)
        taken = import_orders(
            recall=recall,
            path=path,
            channel=Channel.GENERIC,
            kind=FileKind.REGISTRATIONS,
            mapping=mapping,
            by=writer,
        )
        sent.lines = taken.counts.lines - taken.counts.heading
        sent.matched = taken.stored.purchases if taken.stored else 0
        wave = draft_wave(recall=recall, name="Drill", by=writer, ways=(Way.EMAIL,))
        wave = ask_for_approval(wave, by=writer)
        sent.notices = int(wave.counts["notices"])
        approve_wave(wave, by=approver)
    except Problem as problem:
        sent.problem = str(problem)
    return sent


def wait_for_letters(sent: WaveSent, recall: Recall) -> WaveSent:
    """Until every notice has left, or the time is up."""
    began = time.monotonic()
    while not sent.problem and time.monotonic() - began < UNTIL_TOLD:
        sent.letters = _letters(recall)
        if sent.letters >= sent.notices:
            break
        time.sleep(0.5)
    sent.seconds = time.monotonic() - began
    told = DirectNotice.objects.filter(recall_id=recall.pk).values("contact_digest", "way")
    sent.twice = told.annotate(count=Count("pk")).filter(count__gt=1).count()
    return sent


def _letters(recall: Recall) -> int:
    return DirectNotice.objects.filter(recall_id=recall.pk, sent_at__isnull=False).count()


def _written(
    owners: Sequence[MadeUpOwner], models: dict[str, str], folder: Path
) -> tuple[Path, Path]:
    path, mapping = folder / "orders.csv", folder / "orders.toml"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for each in owners:
            if not each.is_honest:
                continue
            given, _, family = each.name.partition(" ")
            email = "" if each.number % WITHOUT_MAIL == 0 else each.email
            home = (each.street, "Springfield", "CA", "90001", "US")
            rows.writerow((given, family, email, *home, models[each.product], each.serial))
    mapping.write_text(MAPPING, encoding="utf-8")
    return path, mapping
