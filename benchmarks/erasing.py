"""A night of erasing at size: whether ten times as many filings take ten times as long, and what
memory it takes."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from benchmarks.child import run_child
from benchmarks.claims_made import make_claims
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import FilingState
from recalldesk.keeping.models import Erased
from recalldesk.recalls.reads import live_recall
from tests.cast import SLUG, Desk, make_cast
from tests.unguarded import unguarded

CHILD = "benchmarks.erasing_child"
MOST_TIMES, TEN, OTHERS = 12.0, 10, 20
MOST_MEBIBYTES = 512
SETS = """
INSERT INTO evidence_evidenceset (id, recall_id, purpose, marking_code, created_at)
SELECT 1000000000 + n, %(recall)s, 'claim', '', now() FROM generate_series(1, %(last)s) AS n
"""
NEW = """
UPDATE claims_claim SET state = 'settled', promised_on = NULL, state_since = now(), desk = '',
    tags = ARRAY[]::text[]
"""
OLD = (
    "UPDATE claims_filing SET filed_at = now() - interval '4 years' WHERE id BETWEEN %s AND %s",
    "UPDATE claims_claim SET state_since = now() - interval '4 years'"
    " WHERE filing_id BETWEEN %s AND %s",
)
TABLES = ("claims_filing", "claims_claim", "evidence_evidenceset")


def measure(folder: Path, sizes: Sizes) -> Section:
    """Few, ten times as many, and as few again, one after the other in the database of this run:
    what else the machine does meanwhile weighs on both."""
    folder.mkdir()
    call_command("migrate", verbosity=0, interactive=False)
    few, many = sizes.erased_few, sizes.erased_few * TEN
    section = Section(
        "A night of erasing",
        f"{few:,}, {many:,} and again {few:,} filings, made up, of one claim each and without "
        f"photos, whose time is over, among {many * OTHERS:,}; each night is a process of its own, "
        "as the worker's job. The many are compared with the mean of both few.",
    )
    desk = Desk(make_cast(), folder)
    desk.published()
    _made(many * OTHERS)
    before = _figures()
    ends = (0, few, few + many, 2 * few + many)
    first, long, last = (_night(start + 1, end) for start, end in pairwise(ends))
    all_due, done = ends[-1], sum(each["erased"] for each in (first, long, last))
    section.judge(
        "filings erased, and stubs that say so",
        f"{done:,} and {Erased.objects.count():,}",
        f"{all_due:,} and as many",
        reached=done == Erased.objects.count() == all_due,
    )
    erased = Filing.objects.filter(state=FilingState.ERASED, sealed_name=b"").count()
    section.judge(
        "filings that still name somebody, of those",
        str(all_due - erased),
        "0",
        reached=erased == all_due,
    )
    is_same = _figures() == before
    section.judge("claims by stage, as before", "yes" if is_same else "no", "yes", reached=is_same)
    short = (first["seconds"] + last["seconds"]) / 2
    times = long["seconds"] / short
    section.judge(
        "ten times as many take",
        f"{times:.1f} times as long ({short:.0f} s, {long['seconds']:.0f} s)",
        f"at most {MOST_TIMES:.0f} times",
        reached=times <= MOST_TIMES,
    )
    section.judge(
        "peak memory",
        f"{long['mebibytes']:.0f} MiB beside {first['mebibytes']:.0f} MiB",
        f"under {MOST_MEBIBYTES} MiB",
        reached=long["mebibytes"] < MOST_MEBIBYTES,
    )
    return section


def _made(count: int) -> None:
    live = live_recall(SLUG)
    assert live is not None
    make_claims(live, first=1, last=count)
    with unguarded(*TABLES), connection.cursor() as cursor:
        cursor.execute(NEW)
        cursor.execute(SETS, {"recall": live.recall_id, "last": count})


def _night(first: int, last: int) -> Mapping[str, Any]:
    """Filings with these numbers have been kept long enough; they go."""
    with connection.cursor() as cursor:
        with unguarded(*TABLES):
            for statement in OLD:
                cursor.execute(statement, [first, last])
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    return run_child(CHILD)


def _figures() -> list[tuple[str, int]]:
    rows = Claim.objects.order_by("state").values_list("state")
    return list(rows.annotate(count=Count("pk")))
