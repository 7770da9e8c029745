"""The figures of a recall and a period: frozen numbers and what follows from them. Pure.

Guarantee: totals are sums of the same cells that the tables show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recalldesk.claims.desk.second_rule import MERITS
from recalldesk.claims.states import DecisionKind, DeskList
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.selection import Who


@dataclass(frozen=True)
class Tally:
    """So many decisions that count, alike in all that is named. `staff` and `name` are of whoever
    decided: None where the rule did, or where who looks may not know. `is_kept`: whether the day
    that the owner was told was kept; None where none was told."""

    day: date
    kind: DecisionKind
    who: Who
    staff: int | None
    name: str
    is_kept: bool | None
    count: int


@dataclass(frozen=True)
class Spread:
    """The time of the decision in the midst, and of the one that nine in ten are no longer than;
    None where nothing was decided."""

    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True)
class SecondPerson:
    """What somebody settled of what others proposed."""

    staff: int
    name: str
    agreed: int
    refused: int


@dataclass(frozen=True)
class DeskFigures:
    """All of them. Each mapping holds only what is not nothing. `times`: of all (None), of the
    rule's and of people's decisions."""

    period: Period
    at: datetime
    shows_people: bool
    filed: Mapping[date, int]
    tallies: tuple[Tally, ...]
    undone: int
    times: Mapping[Who | None, Spread]
    all_times: Mapping[Who | None, Spread]
    spans: Mapping[tuple[str, Who], int]
    reasons: Mapping[tuple[str, Who], int]
    seconds: tuple[SecondPerson, ...]
    waiting: Mapping[tuple[DeskList, str], int]
    late_now: int

    @property
    def filed_count(self) -> int:
        """Claims sent in the period."""
        return sum(self.filed.values())

    @property
    def waiting_count(self) -> int:
        """Claims in the lists of the desk."""
        return sum(self.waiting.values())

    def decided(self, *, who: Who | None = None, day: date | None = None) -> int:
        """Claims decided, by whom and on which day if asked."""
        return sum(
            each.count
            for each in self.tallies
            if each.kind in MERITS
            and (who is None or each.who is who)
            and (day is None or each.day == day)
        )

    def of_kind(self, kind: DecisionKind, who: Who) -> int:
        """Decisions of a kind."""
        return sum(each.count for each in self.tallies if each.kind is kind and each.who is who)

    def promises(self, *, is_kept: bool) -> int:
        """People's decisions before or after the day that was told."""
        return sum(each.count for each in self.tallies if each.is_kept is is_kept)

    @property
    def by_days(self) -> dict[tuple[date, Who], int]:
        """Claims decided on each day, by whom."""
        found: dict[tuple[date, Who], int] = {}
        for each in self.tallies:
            if each.kind in MERITS:
                key = each.day, each.who
                found[key] = found.get(key, 0) + each.count
        return found

    @property
    def reviewers(self) -> dict[tuple[str, int], dict[DecisionKind, int]]:
        """Of each person, by name and number in their order, how many of each kind."""
        found: dict[tuple[str, int], dict[DecisionKind, int]] = {}
        for each in sorted(
            self.tallies, key=lambda tally: (tally.name.casefold(), tally.staff or 0)
        ):
            if each.staff is not None:
                kinds = found.setdefault((each.name, each.staff), {})
                kinds[each.kind] = kinds.get(each.kind, 0) + each.count
        return found
