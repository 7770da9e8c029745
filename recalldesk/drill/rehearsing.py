"""A drill from its order to its report: copied, held, and laid beside the real installation.

Guarantee: the installation is read and nothing in it is changed; the sandbox is gone afterwards
unless it is to be kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recalldesk.drill.copied import Copied, copy_of_file, copy_of_recall
from recalldesk.drill.errors import DrillRefused
from recalldesk.drill.holding import hold_drill
from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.programs import refuse_taken_port
from recalldesk.drill.readiness.gathering import readiness
from recalldesk.drill.readiness.report import Readiness
from recalldesk.drill.sandbox import Sandbox, sandbox_below
from recalldesk.drill.told import Told
from recalldesk.drill.wanted import Wanted
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall, recall_named
from recalldesk.recalls.recall_file import read_recall_file

MOST_UNITS = 10**9


@dataclass(frozen=True)
class Expected:
    """What is assumed of the launch day. `units`: 0 where the recall says it; `on`: its date, where
    somebody said one."""

    units: int = 0
    told: float = 0.5
    first_day: float = 0.1
    peak_hour: float = 0.15
    on: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.units <= MOST_UNITS:
            raise DrillRefused(
                f"A recall is of 1 to {MOST_UNITS:,} units, not {self.units:,}.",
                "Say how many with --units; leave it out where the recall says it.",
            )
        if self.on is not None and self.on < clock.now().date():
            raise DrillRefused(
                f"The launch cannot be on {self.on}: that day is over.",
                "Name a day to come with --launch-on, as 2027-03-01.",
            )
        self._day(self.units or 1)  # what is wrong with the shares is said before anything is done

    def of(self, copied: Copied) -> LaunchDay:
        """With the units of the recall. Raises DrillRefused."""
        return self._day(self.units or copied.units or 0)

    def _day(self, units: int) -> LaunchDay:
        return LaunchDay(units, self.told, self.first_day, self.peak_hour)


@dataclass(frozen=True)
class Rehearsal:
    """What is to be held, where, and what is told meanwhile."""

    subject: str
    wanted: Wanted
    expected: Expected
    place: Path
    keep: bool
    port: int
    told: Callable[[Told], None]
    kept_at: Callable[[Path], None]

    def hold(self) -> Readiness:
        """The report. Raises DrillRefused, DrillFailed, RecallFileProblems."""
        if self.port:
            refuse_taken_port(self.port)
        recall = _recall_named(self.subject)
        with sandbox_below(self.place, keep=self.keep) as sandbox:
            if self.keep:
                self.kept_at(sandbox.folder)
            self.told(Told("Copying the recall"))
            copied = self._copied(recall, sandbox)
            launch = self.expected.of(copied)
            outcome = hold_drill(sandbox, copied, self.wanted, port=self.port, told=self.told)
        self.told(Told("Looking at the installation"))
        return readiness(
            document=read_recall_file(copied.text),
            recall=recall,
            version=copied.version,
            launch=launch,
            wanted=self.wanted,
            outcome=outcome,
            launch_on=self.expected.on,
        )

    def _copied(self, recall: Recall | None, sandbox: Sandbox) -> Copied:
        if recall is not None:
            return copy_of_recall(recall, sandbox.own, seed=self.wanted.seed)
        return copy_of_file(Path(self.subject), sandbox.own, seed=self.wanted.seed)


def _recall_named(subject: str) -> Recall | None:
    """The recall of a name; None for a recall file. Raises DrillRefused for neither."""
    if subject.endswith(".toml") or "/" in subject:
        if not Path(subject).is_file():
            raise DrillRefused(f"There is no recall file {subject}.", "Check the path.")
        return None
    recall = recall_named(subject)
    if recall is None:
        known = ", ".join(each.slug for each in every_recall()) or "none yet"
        raise DrillRefused(
            f"There is no recall {subject!r}.",
            f"There are: {known}. A recall file is named by its path, as ./recall.toml.",
        )
    return recall
