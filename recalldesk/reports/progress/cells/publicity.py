"""Section III: the web site, social networks and auction sites.

The rows are those of `publicity`: posts and looks never change, and what was wrong is a row with
minus. Hits are of the day on which they came, so that a proxy's log which comes later tells of its
own days: what was filed before says so in what changed since.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from recalldesk.publicity.hits import DEFINITION, hits_of
from recalldesk.publicity.models import AuctionCheck, LogHits, PageHits, SocialPost
from recalldesk.publicity.states import HitsFrom, Network, PageKind
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told

BEGINNING, END = date(2000, 1, 1), date(2999, 12, 31)
WHEN = "It is of the day, of UTC, on which it was written here; one that was taken back is taken "
WHEN += "off on the day on which that was done."


def _figure(name: str, title: str, says: str, ledger: str, parts: Sequence[str]) -> Figure:
    return Figure(name, Section.PUBLICITY, title, says, ledger, frozenset(parts))


WEB = _figure("web-hits", "Hits on the recall’s web pages", DEFINITION, "hits", PageKind.values)
NETWORKS: Mapping[Network, Figure] = {
    network: _figure(
        f"posts-{network.value}",
        f"Posts on {network.label}",
        f"Posts of the firm about the recall that were entered at the desk, each once. {WHEN}",
        "posts",
        [network.value],
    )
    for network in Network
}
LOOKS = _figure(
    "auctions",
    "Looks at auction sites",
    f"Each time that somebody looked for the product on an auction site. {WHEN}",
    "auctions",
    ["found", "not-found"],
)
FOUND = _figure(
    "auctions-found",
    "Of these, looks that found the product",
    f"Looks at which the product was listed. {WHEN}",
    "auctions",
    ["found"],
)
FIGURES: tuple[Figure, ...] = (WEB, *NETWORKS.values(), LOOKS, FOUND)


def _hits(recall: Recall) -> Mapping[str, Any]:
    """Each row under a number of its own: those of the program's count are even."""
    rows = list(hits_of(recall, BEGINNING, END).rows())
    return {
        "hit_parts": [each.page.value for each in rows],
        "hit_numbers": [2 * each.number + (each.source is HitsFrom.LOG) for each in rows],
        "hit_counts": [each.count for each in rows],
        "hit_days": [datetime.combine(each.day, time(), tzinfo=UTC) for each in rows],
    }


def _hits_told(numbers: Sequence[int]) -> Mapping[int, Told]:
    own = PageHits.objects.in_bulk([each // 2 for each in numbers if not each % 2])
    logs = LogHits.objects.in_bulk([each // 2 for each in numbers if each % 2])
    told = {2 * row.pk: _of_hits(row, "The program’s own count", "") for row in own.values()}
    return told | {
        2 * row.pk + 1: _of_hits(row, "A proxy’s log", row.file_id) for row in logs.values()
    }


def _of_hits(row: PageHits | LogHits, source: str, file: int | str) -> Told:
    return Told((str(row.day), str(PageKind(row.page).label), source, file))


def _posts_told(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = SocialPost.objects.filter(pk__in=numbers)
    return {
        row.pk: Told(
            (
                row.pk,
                str(row.get_network_display()),
                str(row.get_kind_display()),
                f"{row.posted_at:%Y-%m-%d}",
                row.address,
                row.takes_back_id or "",
            )
        )
        for row in rows
    }


def _looks_told(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = AuctionCheck.objects.filter(pk__in=numbers).defer("sealed_links", "sealed_note")
    return {
        row.pk: Told(
            (
                row.pk,
                row.site,
                str(row.checked_on),
                row.listings,
                str(row.get_action_display()),
                str(row.get_outcome_display()),
                row.takes_back_id or "",
            )
        )
        for row in rows
    }


HITS = Ledger(
    "hits",
    """
    SELECT part, number, adds, at
    FROM unnest(%(hit_parts)s::text[], %(hit_numbers)s::bigint[], %(hit_counts)s::bigint[],
        %(hit_days)s::timestamptz[]) AS hits (part, number, adds, at)
    """,
    ("Day", "Page", "Counted by", "Log"),
    _hits_told,
    _hits,
)
POSTS = Ledger(
    "posts",
    """
    SELECT network AS part, id AS number,
        CASE WHEN takes_back_id IS NULL THEN 1 ELSE -1 END AS adds, at
    FROM publicity_socialpost WHERE recall_id = %(recall)s
    """,
    ("Post", "Network", "Kind", "Posted on", "Address", "Takes back"),
    _posts_told,
)
AUCTIONS = Ledger(
    "auctions",
    """
    SELECT CASE WHEN is_found THEN 'found' ELSE 'not-found' END AS part, id AS number,
        CASE WHEN takes_back_id IS NULL THEN 1 ELSE -1 END AS adds, at
    FROM publicity_auctioncheck WHERE recall_id = %(recall)s
    """,
    ("Look", "Site", "Looked on", "Listings", "Done", "What came of it", "Takes back"),
    _looks_told,
)
