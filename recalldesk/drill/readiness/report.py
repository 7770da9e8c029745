"""The whole report: whether the firm is ready, the three things to do first, and each point."""

from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.readiness.duties import done_by, who_does
from recalldesk.drill.readiness.points import ORDER, Light, Point
from recalldesk.drill.wanted import Wanted

FIRST = 3


ASKED = "asked for another photo"


@dataclass(frozen=True)
class Readiness:
    """What a manager reads. `recall`, `firm`, `product`, `version`: of what was drilled;
    `launch_on`: the day that is meant, where somebody said one."""

    recall: str
    firm: str
    product: str
    version: str
    at: datetime
    points: tuple[Point, ...]
    wanted: Wanted
    launch: LaunchDay
    outcome: Outcome
    launch_on: date | None = None

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
    def in_order(self) -> tuple[Point, ...]:
        """All points: what stops the launch, what is to be looked at, what is ready."""
        return tuple(each for light in ORDER for each in self._of(light))

    def who(self, point: Point) -> str:
        """Who is to do something about a point; empty where it is ready."""
        return who_does(point)

    def by(self, point: Point) -> str:
        """By when, in words; empty where it is ready."""
        return done_by(point, launch_on=self.launch_on, today=self.at.date())

    @property
    def launch_in_words(self) -> str:
        """The day of the launch; what days are counted from where nobody said it."""
        if self.launch_on is None:
            return "Days are counted before the launch; name its day with --launch-on."
        left = (self.launch_on - self.at.date()).days
        days = "1 day" if left == 1 else f"{left:,} days"
        return f"The launch is meant for {self.launch_on:%A, %Y-%m-%d}, in {days}."

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
            ("Asked for another photo, by a person", f"{_done(outcome, ASKED):,}"),
            ("Units got rid of before the remedy", f"{sum(outcome.got_rid.values()):,}"),
            ("Remedies delivered", _delivered(outcome)),
            ("Requests that providers failed", f"{wanted.faults:.0%}"),
            ("The drill took", f"{outcome.seconds / 60:.1f} minutes"),
            ("Seed", f"{wanted.seed}"),
        )

    def _of(self, light: Light) -> list[Point]:
        return [each for each in self.points if each.light is light]


def _done(outcome: Outcome, what: str) -> int:
    return outcome.desk.get(what, 0)


def _delivered(outcome: Outcome) -> str:
    """How many, and of which remedy."""
    each = ", ".join(f"{key} {count:,}" for key, count in sorted(outcome.by_remedy.items()))
    return f"{outcome.delivered:,}" + (f" ({each})" if each else "")
