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
    _sealed(few)
    short_verify, short_peak = _verifying(few)
    short_seal = min(_sealed(few) for _ in range(ROUNDS))
    at_once = many - few * (1 + 2 * ROUNDS)
    backlog = _sealed(at_once)
    long_seal = min(_sealed(few) for _ in range(ROUNDS))
    long_verify, long_peak = _verifying(many)
    section = Section(
        "The sealed log",
        f"Made-up rows in the database of this run, {few:,} and later {many:,}: {few:,} more are "
        "sealed by `seal_what_waits`, and everything is verified against its blocks and a signed "
        f"head by `verify`, each the best of {ROUNDS}. Memory is the peak of what Python holds "
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
    section.add(f"{at_once:,} rows that wait at once, a row", f"{backlog * 1_000_000:.0f} µs")
    _add_nothing_new(section)
    return section


def _sealed(rows: int) -> float:
    """Seconds a row for so many more."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [rows])
        cursor.execute("ANALYZE audit_statechange, audit_unsealedchange, audit_sealedchange")
    return _seconds(seal_what_waits) / rows


def _verifying(rows: int) -> tuple[float, int]:
    """Seconds a row for verifying all, which are so many; peak bytes meanwhile."""
    make_head()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_unsealedchange, audit_sealedchange")
    seconds = min(_seconds(_verified) for _ in range(ROUNDS)) / rows
    tracemalloc.start()
    _verified()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, peak


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
