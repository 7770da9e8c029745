"""Counts hits on the public pages of recalls, in memory, and has them written twice a second.

Guarantees: those of `counting`; no cookie, no address and no user agent is kept, only that a page
of a kind was asked for on a day; pages stay as cacheable as they are. What a cache before this
server answers does not come here and is not counted: a proxy's log tells of it.
"""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper
from django.urls import ResolverMatch

from recalldesk.counting.counter import Counter
from recalldesk.foundation import clock
from recalldesk.publicity.pages import page_of
from recalldesk.publicity.robots import is_robot
from recalldesk.publicity.states import PageKind

SECONDS_A_DAY = 86_400
MOST_WAITING = 20_000
Hit = tuple[str, int, PageKind]
"""The recall's name, the day, counted from 1970, and the kind of page."""

ADD = """
    INSERT INTO publicity_pagehits (recall_id, day, page, count)
    SELECT recall.id, DATE '1970-01-01' + counted.day, counted.page, counted.count
    FROM unnest(%s::text[], %s::int[], %s::text[], %s::bigint[])
        AS counted (slug, day, page, count)
    JOIN recalls_recall AS recall ON recall.slug = counted.slug
    ORDER BY recall.id, counted.day, counted.page
    ON CONFLICT (recall_id, day, page)
    DO UPDATE SET count = publicity_pagehits.count + EXCLUDED.count
"""


def add_hits(cursor: CursorWrapper, counts: Mapping[Hit, int]) -> None:
    """Adds hits to the rows that there are. Raises what the database raises."""
    rows = [(slug, day, str(page), count) for (slug, day, page), count in counts.items()]
    cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


_counter = Counter[Hit]("hits", add_hits, most=MOST_WAITING)


def count_page(match: ResolverMatch, *, user_agent: str) -> None:
    """Counts a page that was given, where it is one of a recall's and no robot asked."""
    page = page_of(match)
    if page is not None and not is_robot(user_agent):
        slug, kind = page
        _counter.count((slug, int(clock.seconds()) // SECONDS_A_DAY, kind))


def write_now() -> bool:
    """Writes what this process has counted; False where that did not go."""
    return _counter.write()


def forget() -> None:
    """Drops what this process counted."""
    _counter.forget()
