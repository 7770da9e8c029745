"""The log: what a row costs to be sealed and verified as the log grows, and in how much memory."""

import time
import tracemalloc
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.audit.heads import make_head
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.verifying import verify

TIMES = 20
"""So many times as long is the long log."""
ROUNDS = 3
MOST_RATIO = 1.5
WRITE = (
    "INSERT INTO audit_statechange (at, recall_id, subject, subject_id, from_state, to_state,"
    " reason, actor, actor_id) SELECT now(), 1, 'claim', number, 'in_review', 'approved', '',"
    " 'staff', 7 FROM generate_series(1, %s) AS number"
)


def measure(sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    call_command("migrate", verbosity=0, interactive=False)
    seal_what_waits()
    few, many = sizes.log_rows // TIMES, sizes.log_rows
    short_seal, short_verify, short_peak = _grown_to(few, by=few)
    long_seal, long_verify, long_peak = _grown_to(many, by=many - few)
    section = Section(
        "The sealed log",
        f"Made-up rows in the database of this run, {few:,} and then {many:,}: all that wait are "
        "sealed by `seal_what_waits`, then everything is verified against its blocks and a signed "
        f"head by `verify`, the best of {ROUNDS}. Memory is the peak of what Python holds "
        "(tracemalloc) while everything is verified.",
    )
    _judge(section, "sealing a row", short_seal, long_seal)
    _judge(section, "verifying a row", short_verify, long_verify)
    ratio = long_peak / short_peak
    section.judge(
        f"memory for verifying, {TIMES} times as many rows: times as much",
        f"{ratio:.2f} ({long_peak / 1_000_000:.1f} MB)",
        f"at most {MOST_RATIO}",
        reached=ratio <= MOST_RATIO,
    )
    _add_nothing_new(section)
    return section


def _grown_to(rows: int, *, by: int) -> tuple[float, float, int]:
    """Seconds a row for sealing those that are new, for verifying all; peak bytes of the latter."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [by])
        cursor.execute("ANALYZE audit_statechange, audit_unsealedchange, audit_sealedchange")
    sealing = _seconds(seal_what_waits) / by
    make_head()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_unsealedchange, audit_sealedchange")
    verifying = min(_seconds(_verified) for _ in range(ROUNDS)) / rows
    tracemalloc.start()
    _verified()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return sealing, verifying, peak


def _verified() -> None:
    if not verify().is_whole:
        raise AssertionError("a log that nobody touched is whole")


def _judge(section: Section, what: str, short: float, long: float) -> None:
    ratio = long / short
    section.judge(
        f"{what} of a log {TIMES} times as long: times as long",
        f"{ratio:.2f} ({short * 1_000_000:.0f} µs, {long * 1_000_000:.0f} µs)",
        f"at most {MOST_RATIO}",
        reached=ratio <= MOST_RATIO,
    )


def _add_nothing_new(section: Section) -> None:
    idle = min(_seconds(seal_what_waits) for _ in range(100))
    section.add("where nothing is new, every five seconds", f"{idle * 1_000:.2f} ms")


def _seconds(what: Callable[[], object]) -> float:
    since = time.perf_counter()
    what()
    return time.perf_counter() - since
