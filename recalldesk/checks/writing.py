"""Adds checks that were counted to those of the database."""

from collections import Counter as Counted
from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper

from recalldesk.checks.states import Source
from recalldesk.units.verdict.answer import RecallAnswer

Told = tuple[int, str, Source, str, tuple[RecallAnswer, ...]]
"""What was told in a minute: the verdict, through which door, on which shop's page, and what each
recall said."""

Kind = tuple[str | None, int | None, int, str, str, str]
"""Recall and version, or neither; the minute, counted from 1970; the verdict; the source; the
shop, or nothing."""

# One statement, in one order of rows for all processes, so that none waits for another in a ring.
ADD = """
    INSERT INTO checks_checkcount (recall_id, version, minute, verdict, source, shop, count)
    SELECT recall.id, counted.version, to_timestamp(counted.minute * 60.0), counted.verdict,
        counted.source, counted.shop, counted.count
    FROM unnest(
        %s::text[], %s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[]
    ) AS counted (slug, version, minute, verdict, source, shop, count)
    LEFT JOIN recalls_recall AS recall ON recall.slug = counted.slug
    WHERE counted.slug IS NULL OR recall.id IS NOT NULL
    ORDER BY recall.id, counted.minute, counted.version, counted.verdict, counted.source,
        counted.shop
    ON CONFLICT (recall_id, minute, version, verdict, source, shop)
    DO UPDATE SET count = checks_checkcount.count + EXCLUDED.count
"""


def add_checks(cursor: CursorWrapper, counts: Mapping[Told, int]) -> None:
    """Adds checks to the rows that there are. Raises what the database raises."""
    rows = [
        (slug, version, minute, str(verdict), str(source), shop, count)
        for (slug, version, minute, verdict, source, shop), count in _by_kind(counts).items()
    ]
    cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


def _by_kind(counts: Mapping[Told, int]) -> dict[Kind, int]:
    """The checks themselves, and what each recall said in them, a row each."""
    found: Counted[Kind] = Counted()
    for (minute, verdict, source, shop, recalls), count in counts.items():
        found[None, None, minute, verdict, source, shop] += count
        for told in recalls:
            found[told.recall, told.version, minute, told.verdict, source, shop] += count
    return dict(found)
