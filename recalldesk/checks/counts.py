"""Counts checks in this process, and has them written twice a second.

Guarantees: those of `counting`: a process that is killed loses what it counted in less than a
second; one that ends in order loses nothing; beyond `MOST_WAITING` kinds that wait while the
database is away the log says how many checks were lost.
"""

from datetime import datetime

from recalldesk.checks.states import UNANSWERED, Source
from recalldesk.checks.writing import Told, add_checks
from recalldesk.counting import counter as counting
from recalldesk.units.verdict.answer import Answer, RecallAnswer

MOST_WAITING = 20_000
"""Of what was told, while the database is away: some 20 MB with what the recalls said."""


class Counter(counting.Counter[Told]):
    """The checks that one process counted and did not write yet."""

    def __init__(self) -> None:
        super().__init__("checks", add_checks, most=MOST_WAITING)

    def add(
        self,
        second: int,
        verdict: str,
        source: Source,
        recalls: tuple[RecallAnswer, ...],
        shop: str = "",
    ) -> None:
        """Counts one check, and what each recall said in it. The second counts from 1970."""
        self.count((second // 60, verdict, source, shop, recalls))


_counter = Counter()


def count_answer(answer: Answer, source: Source, shop: str = "") -> None:
    """Counts a check that was answered."""
    _counter.add(answer.second, answer.verdict, source, answer.recalls, shop)


def count_unanswered(at: datetime, source: Source, shop: str = "") -> None:
    """Counts a check to which "try again later" was said."""
    _counter.add(int(at.timestamp()), UNANSWERED, source, (), shop)


def write_now() -> bool:
    """Writes what this process has counted, as before it ends; False where that did not go."""
    return _counter.write()


def forget() -> None:
    """Drops what this process counted."""
    _counter.forget()
