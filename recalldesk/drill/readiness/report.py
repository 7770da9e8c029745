"""The whole report: whether the firm is ready, the three things to do first, and each point."""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.readiness.points import ORDER, Light, Point
from recalldesk.drill.wanted import Wanted

FIRST = 3


@dataclass(frozen=True)
class Readiness:
    """What a manager reads. `recall`, `firm`, `product`, `version`: of what was drilled."""

    recall: str
    firm: str
    product: str
    version: str
    at: datetime
    points: tuple[Point, ...]
    wanted: Wanted
    launch: LaunchDay
    outcome: Outcome

    @property
    def is_ready(self) -> bool:
        """Whether no point stops the launch."""
        return not self._of(Light.NOT_READY)

    @property
    def headline(self) -> str:
        """The first line."""
        bad, look = len(self._of(Light.NOT_READY)), len(self._of(Light.LOOK))
        if bad:
            stop = "1 point stops" if bad == 1 else f"{bad} points stop"
            return f"Not ready: {stop} the launch of {self.recall}."
        if look:
            points = "1 point" if look == 1 else f"{look} points"
            return f"Ready: nothing stops the launch of {self.recall}; look at {points}."
        return f"Ready: nothing stops the launch of {self.recall}."

    @property
    def first(self) -> tuple[Point, ...]:
        """The points to do first, the worst first."""
        todo = [each for light in ORDER for each in self._of(light) if each.todo]
        return tuple(todo[:FIRST])

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """What the drill was, in a few figures."""
        outcome, wanted = self.outcome, self.wanted
        return (
            ("Made-up owners", f"{outcome.owners:,}"),
            ("Of them with errors", f"{wanted.errors:.0%}"),
            ("Dishonest claims", f"{outcome.promises.dishonest:,}"),
            ("Claims filed", f"{outcome.filed:,}"),
            ("Approved by the rule alone", f"{outcome.by_rule:,}"),
            ("Seen by a person", f"{outcome.to_a_person:,}"),
            ("Remedies delivered", f"{outcome.delivered:,}"),
            ("Requests that providers failed", f"{wanted.faults:.0%}"),
            ("The drill took", f"{outcome.seconds / 60:.1f} minutes"),
            ("Seed", f"{wanted.seed}"),
        )

    def _of(self, light: Light) -> list[Point]:
        return [each for each in self.points if each.light is light]
