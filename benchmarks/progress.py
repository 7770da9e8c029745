"""The progress report at a tenth of a large recall, and at all of it: how long, how much memory."""

import os
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from benchmarks import progress_made as made
from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.recalls.reads import live_recall
from tests.cast import SLUG, Desk, make_cast

CHILD = "benchmarks.progress_child"
SCALE = "RECALLDESK_BENCH_REPORTED"
"""A variable that says of how many claims, where the machine is small."""
MOST_TIMES, MOST_MEBIBYTES = 12.0, 1024


def measure(folder: Path, sizes: Sizes) -> Section:
    """A tenth of the rows, then ten tenths, in the database of this run."""
    claims = int(os.environ.get(SCALE, sizes.reported)) // 1_000 * 1_000
    section = Section(
        "The monthly progress report",
        f"{claims:,} made-up claims, {claims * made.NOTICES:,} notices with their log, "
        f"{claims // made.CLAIMS_OF_AN_INCIDENT:,} incidents, and a tenth of each, in one database "
        "one after the other; two in a hundred corrections are taken back, three in a hundred "
        "notices came back, one in ten incidents is joined to another. A process of its own "
        f"computes every cell of a month and so far, the best of {sizes.rounds}; its peak memory "
        "is that of Python with the PDF, without the database's own.",
    )
    call_command("migrate", verbosity=0, interactive=False)
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(make_cast(), folder)
    desk.published()
    live = live_recall(SLUG)
    assert live is not None
    tenth_of = claims // 10
    made.make(live, desk.cast.author, first=1, last=tenth_of)
    tenth = _taken(tenth_of, sizes)
    made.make(live, desk.cast.author, first=tenth_of + 1, last=claims)
    whole = _taken(claims, sizes)
    _say(section, tenth, whole)
    return section


def _taken(claims: int, sizes: Sizes) -> dict[str, Any]:
    connections.close_all()
    taken = run_child(CHILD, SLUG, str(sizes.rounds), environ=dict(os.environ))
    numbers = taken["numbers"]
    notices = claims * made.NOTICES
    sent = sum(numbers[f"notified-{way}"] for way in ("email", "phone", "letter", "sms"))
    counted = sum(numbers[f"incidents-{when}"] for when in ("before", "after", "unknown"))
    right = {
        "corrected-total": claims - claims // 50,
        "notices": notices - notices // 33,
        "incidents": claims // 100 - claims // 1_000,
    }
    found = {"corrected-total": numbers["corrected-total"], "notices": sent, "incidents": counted}
    if found != right:
        raise SystemExit(f"the report of the measurement counts wrongly: {found}, not {right}")
    return taken


def _say(section: Section, tenth: dict[str, Any], whole: dict[str, Any]) -> None:
    for what, key in (
        ("every cell computed", "report"),
        ("and what is frozen of the rows, as when it is filed", "frozen"),
    ):
        times = whole[key] / tenth[key]
        section.judge(
            what,
            f"{whole[key]:.2f} s beside {tenth[key]:.2f} s: {times:.1f} times",
            f"at most {MOST_TIMES:.0f} times at ten times as much",
            reached=times <= MOST_TIMES,
        )
    section.add(
        "the first time, with the moves of all new incidents",
        f"{whole['first']:.2f} s beside {tenth['first']:.2f} s",
    )
    section.judge(
        "peak memory",
        f"{whole['mebibytes']:,.0f} MiB beside {tenth['mebibytes']:,.0f} MiB",
        "under 1 GiB",
        reached=whole["mebibytes"] < MOST_MEBIBYTES,
    )
