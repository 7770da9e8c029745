"""Whatever is imported, replaced and approved: each version covers what a plain model says."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.reads import covered_ranges, covered_serials
from tests.units.desk import Desk, make_desk

Row = tuple[str, str]
Covered = frozenset[Row]

SERIALS = [f"AB120{number}" for number in range(6)]
RANGES = [("AB3000", "AB3009"), ("AB3020", "AB3029"), ("AB1200", "AB1202")]
SINGLE_RANGES = [(serial, serial) for serial in SERIALS[3:]]
"""Of serials that lie in none of the ranges: a range within another one is rejected."""


@dataclass(frozen=True)
class Approval:
    """The draft is approved; the next one begins."""


@dataclass(frozen=True)
class File:
    """A file of serials, or of ranges of which some hold one unit."""

    rows: tuple[Row, ...]
    holds_ranges: bool
    replace: bool

    @property
    def text(self) -> str:
        if self.holds_ranges:
            return "start,end\n" + "".join(f"{start},{end}\n" for start, end in self.rows)
        return "serial\n" + "".join(f"{serial}\n" for serial, _ in self.rows)


def files(rows: list[Row], *, holds_ranges: bool) -> st.SearchStrategy[File]:
    chosen = st.lists(st.sampled_from(rows), min_size=1, max_size=6).map(tuple)
    return st.builds(File, chosen, st.just(holds_ranges), st.booleans())


LISTS = files([(serial, serial) for serial in SERIALS], holds_ranges=False)
RANGE_LISTS = files([*RANGES, *SINGLE_RANGES], holds_ranges=True)
STEPS = st.lists(LISTS | RANGE_LISTS | st.builds(Approval), min_size=2, max_size=9)


def single(*serials: str, replace: bool = False, holds_ranges: bool = False) -> File:
    return File(tuple((serial, serial) for serial in serials), holds_ranges, replace)


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@dataclass
class Model:
    """What each version covers, by its number, as sets and nothing else."""

    covered: dict[int, Covered] = field(default_factory=lambda: {1: frozenset()})

    @property
    def newest(self) -> int:
        return max(self.covered)

    def approve(self) -> None:
        self.covered[self.newest + 1] = self.covered[self.newest]

    def take(self, file: File) -> tuple[int, int]:
        """Accepted and removed."""
        before, rows = self.covered[self.newest], frozenset(file.rows)
        self.covered[self.newest] = rows if file.replace else before | rows
        return len(rows - before), len(before - rows) if file.replace else 0


def covered_now(desk: Desk) -> dict[int, Covered]:
    return {
        version.number: frozenset(
            [
                *((serial, serial) for serial in covered_serials(version, desk.serial_list)),
                *covered_ranges(version, desk.serial_list),
            ]
        )
        for version in RecallVersion.objects.filter(recall=desk.serial_list.recall)
    }


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
@example(
    steps=[
        single(*SERIALS[3:5]),
        Approval(),
        single(*SERIALS[3:], replace=True, holds_ranges=True),
    ]
)
@example(
    steps=[
        single(*SERIALS[3:5], holds_ranges=True),
        Approval(),
        single(*SERIALS[3:], replace=True),
        Approval(),
        single(SERIALS[3], replace=True, holds_ranges=True),
        Approval(),
        single(*SERIALS[3:]),
    ]
)
def test_each_version_covers_what_was_imported_into_it_and_never_anything_else(
    desk: Desk, steps: list[File | Approval]
) -> None:
    model, draft = Model(), desk.version
    with transaction.atomic():
        for step in steps:
            if isinstance(step, Approval):
                desk.approve()
                model.approve()
            else:
                expected = model.take(step)
                report = desk.take(step.text, replace=step.replace)
                assert (report.accepted, report.removed) == expected
            assert covered_now(desk) == model.covered
        transaction.set_rollback(True)
    desk.version = draft
