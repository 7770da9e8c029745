"""Lists of claims handed out as files: how fast, and in how much memory."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.claims_made import look_at, make_claims
from benchmarks.queue import FEW, published
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk_queue.columns import COLUMNS
from recalldesk.claims.desk_queue.exporting import export_list
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.models import Claim, ListExport
from recalldesk.claims.states import SheetForm
from tests.at_the_desk import staff


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    section = Section(
        "Lists handed out as files",
        f"{sizes.queued:,} made-up claims in one database, one in five waiting for review; every "
        "column is taken, the personal ones too. Memory is the most that the process ever took.",
    )
    live = published(folder)
    look_at("public")
    there = Claim.objects.count()
    if there < FEW:
        make_claims(live, first=1, last=FEW)
    person = staff(Role.SENIOR_REVIEWER, email="exports@staff.example")
    _export(person, SheetForm.CSV, QueueList.REVIEW)
    if there <= FEW:  # the claims of another part are too many for a workbook
        taken = _export(person, SheetForm.XLSX, QueueList.REVIEW)
        _say_export(section, f"XLSX of the claims to review, of {FEW:,} in all", taken)
    memory = _memory()
    make_claims(live, first=max(there, FEW) + 1, last=sizes.queued)
    _judge_exports(section, person, sizes.queued, memory)
    return section


def _judge_exports(section: Section, person: Staff, count: int, memory_before: float) -> None:
    _say_export(section, "CSV of all claims", _export(person, SheetForm.CSV, QueueList.ALL))
    grown = _memory() - memory_before
    section.judge(
        f"memory that it took with {count:,} claims beyond one of {FEW:,}",
        f"{grown:.0f} MB",
        "under 100 MB",
        reached=grown < 100,
    )


@dataclass(frozen=True)
class Taken:
    """One export: its rows, its bytes, seconds in all and until the first byte."""

    rows: int
    size: int
    seconds: float
    first: float


def _say_export(section: Section, what: str, taken: Taken) -> None:
    section.add(
        f"{what}, {taken.rows:,} rows: rows a second",
        f"{taken.rows / taken.seconds:,.0f} ({taken.size / 1e6:,.0f} MB, first byte after "
        f"{taken.first:.1f} s)",
    )


def _export(person: Staff, form: SheetForm, of: QueueList) -> Taken:
    """The whole list with every column."""
    since = time.perf_counter()
    made = export_list(
        filters=Filters(of),
        by=person,
        columns=[column.key for column in COLUMNS],
        form=form,
        reason="Measured.",
    )
    size, first = 0, 0.0
    for part in made.parts:
        first = first or time.perf_counter() - since
        size += len(part)
    rows = ListExport.objects.latest("pk").written or 0
    return Taken(rows, size, time.perf_counter() - since, first)


def _memory() -> float:
    """The most that this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
