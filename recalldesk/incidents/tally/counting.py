"""Counts reports, and says which stand behind each number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from recalldesk.incidents.tally.figures import Figure, Told, When, adds, when_of

Behind = Sequence[tuple[Told, Decimal]]
"""Reports, each with what it adds to a figure."""


@dataclass(frozen=True)
class Tally:
    """The reports that count, and the day on which the recall was announced, where it was."""

    told: tuple[Told, ...]
    announced: date | None = None
    _known: dict[Figure, Behind] = field(default_factory=dict, compare=False, repr=False)

    def number(self, figure: Figure, when: When | None = None) -> Decimal:
        """A figure; `when`: of what happened then only."""
        return sum((added for _, added in self.behind(figure, when)), Decimal(0))

    def behind(self, figure: Figure, when: When | None = None) -> Behind:
        """The reports behind a figure, in the order of their numbers."""
        if figure not in self._known:
            every = ((told, adds(figure, told)) for told in self.told)
            self._known[figure] = [(told, added) for told, added in every if added]
        if when is None:
            return self._known[figure]
        return [
            (told, added)
            for told, added in self._known[figure]
            if when_of(told, self.announced) is when
        ]

    @property
    def currencies(self) -> tuple[str, ...]:
        """In which damage is known, in order."""
        named = {currency for told in self.told for _, currency in told.damages if currency}
        return tuple(sorted(named))
