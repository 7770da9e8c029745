"""Which sites are offered to owners, in which order, and what is said of each: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from recalldesk.disposal.states import Refused, SiteKind, Takes

MOST_SHOWN = 10
MOST_REFUSED_SHOWN = 3
"""Of those that refused often, which stand after the others, where there are others."""
FARTHEST_KM = 100
FARTHEST_MILES = 60
SHOWN_FOR = timedelta(days=180)
"""So long what an owner said of a site is shown."""
OFTEN = 2
"""On so many days owners were turned away where a site is put after the others: of one day all may
be one person, or a centre that was shut."""
CHECKED_LASTS = timedelta(days=365)
"""After so long nobody can rely on what was said on the phone."""


@dataclass(frozen=True)
class TurnedAway:
    """What an owner said of a site."""

    on: date
    reason: Refused


@dataclass(frozen=True)
class Standing:
    """What is known of a site: whether it takes recalled units, since when, what owners say."""

    takes: Takes
    checked_on: date | None
    turned_away: Sequence[TurnedAway] = ()

    @property
    def refuses_often(self) -> bool:
        """Whether it stands after the others."""
        return len({each.on for each in self.since_asked}) >= OFTEN

    @property
    def since_asked(self) -> Sequence[TurnedAway]:
        """Who was turned away since somebody heard yes there."""
        if self.takes is not Takes.YES or self.checked_on is None:
            return self.turned_away
        return [each for each in self.turned_away if each.on > self.checked_on]

    def is_said_to_take(self, today: date) -> bool:
        """Whether somebody asked there not too long ago and heard yes, and nobody was turned away
        since."""
        if self.takes is not Takes.YES or self.checked_on is None:
            return False
        if today - self.checked_on > CHECKED_LASTS:
            return False
        return not self.since_asked


def is_offered(kind: SiteKind, takes: Takes) -> bool:
    """Whether owners are shown it at all: a shop only where it surely takes recalled units."""
    if takes is Takes.NO:
        return False
    return kind is not SiteKind.SHOP or takes is Takes.YES
