"""The stand-in: the pages that a plain web server shows while everything else is stopped.

Guarantee: only a request that this program made itself, to write such a page, is taken for one; no
header and no field of anybody's can make it so.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from recalldesk.recalls.reads import LiveRecall

STAND_IN = "recalldesk.stand_in"
"""Where a request's environ says for which stand-in it is; headers have other names there."""


@dataclass(frozen=True)
class StandIn:
    """Which recalls have pages in it; nothing named: all. `host`: the brand's host name at which it
    is shown; empty where it is shown under every one."""

    only: frozenset[str] = frozenset()
    host: str = ""

    def holds(self, slug: str) -> bool:
        """Whether this recall has its pages there."""
        return not self.only or slug in self.only


def stand_in_of(request: HttpRequest) -> StandIn | None:
    """The stand-in that the page is written for; None on the live site."""
    given = request.META.get(STAND_IN)
    return given if isinstance(given, StandIn) else None


def is_stand_in(request: HttpRequest) -> bool:
    """Whether the page is written for a stand-in: it answers nothing and has no form."""
    return stand_in_of(request) is not None


def shown_on(request: HttpRequest, recalls: list[LiveRecall]) -> list[LiveRecall]:
    """The recalls that the pages of this site, or of this stand-in, speak of."""
    given = stand_in_of(request)
    return [live for live in recalls if given is None or given.holds(live.slug)]
