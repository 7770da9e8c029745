"""What section III says in words: the home page, the networks, the auction sites.

Guarantee: it is what stood at the end of the period, by when it was written here; nothing that
leads to a seller is read.
"""

from dataclasses import dataclass
from datetime import date

from recalldesk.publicity.models import AuctionCheck
from recalldesk.publicity.reads import HomePage, Post, home_page_at, posts_of
from recalldesk.publicity.states import Action, Network, Outcome
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period


@dataclass(frozen=True)
class OnNetwork:
    """A network: how many posts stand at the end of the period, and what it shows of them, None
    where it shows no such figure of any, or nobody read it."""

    network: Network
    posts: int
    reactions: int | None
    comments: int | None
    shares: int | None
    read_on: date | None


@dataclass(frozen=True)
class AuctionLook:
    """A look that was written in the period and not taken back in it."""

    number: int
    site: str
    checked_on: date
    is_found: bool
    listings: int
    action: str
    outcome: str


@dataclass(frozen=True)
class Publicity:
    """`home_page`: None where nobody had answered by the end of the period."""

    home_page: HomePage | None
    networks: tuple[OnNetwork, ...]
    looks: tuple[AuctionLook, ...]


def publicity_of(recall: Recall, period: Period) -> Publicity:
    """As it stood at the end of a period."""
    by_network: dict[Network, list[Post]] = {}
    for post in posts_of(recall, period.last):
        by_network.setdefault(post.network, []).append(post)
    return Publicity(
        home_page_at(recall, period.ends_at),
        tuple(_network(name, posts) for name, posts in by_network.items()),
        _looks(recall, period),
    )


def _network(network: Network, posts: list[Post]) -> OnNetwork:
    read = [each.read_on for each in posts if each.read_on]
    return OnNetwork(
        network,
        len(posts),
        _sum([each.reactions for each in posts]),
        _sum([each.comments for each in posts]),
        _sum([each.shares for each in posts]),
        max(read, default=None),
    )


def _sum(shown: list[int | None]) -> int | None:
    known = [each for each in shown if each is not None]
    return sum(known) if known else None


def _looks(recall: Recall, period: Period) -> tuple[AuctionLook, ...]:
    rows = AuctionCheck.objects.filter(
        recall=recall, at__gte=period.begins_at, at__lt=period.ends_at, takes_back__isnull=True
    ).exclude(taken_back_by__at__lt=period.ends_at)
    return tuple(
        AuctionLook(
            row.pk,
            row.site,
            row.checked_on,
            row.is_found,
            row.listings,
            str(Action(row.action).label),
            str(Outcome(row.outcome).label),
        )
        for row in rows.defer("sealed_links", "sealed_note").order_by("checked_on", "pk")
    )
