"""A provider that does what a test tells it, and counts what it did, as a real one would."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from recalldesk.foundation import clock
from recalldesk.remedies.providers.interface import (
    Effect,
    Found,
    Looking,
    NoAnswer,
    Notebook,
    NotThere,
    Placing,
    Standing,
    Wanted,
)


class Killed(BaseException):
    """What a worker sees that is killed: nothing catches it."""


@dataclass
class ScriptedProvider:
    """Answers from `answers`, one a call, then as a provider that does at once what is asked.

    `done` is what it did, by our id: it remembers, as the id is its key. An answer that is an
    exception is raised after the effect, where `has_effect` says so.
    """

    name: str = "tremendous"
    answers: list[Placing | BaseException] = field(default_factory=list)
    done: dict[uuid.UUID, Found] = field(default_factory=dict)
    asked: list[Wanted] = field(default_factory=list)
    has_effect_first: bool = False
    done_at: dict[uuid.UUID, datetime] = field(default_factory=dict)

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """As the script says."""
        self.asked.append(wanted)
        notebook.sent(f"order {wanted.id}")
        answer = self.answers.pop(0) if self.answers else None
        if answer is None or isinstance(answer, Found) or self.has_effect_first:
            self.done.setdefault(wanted.id, _ordered(wanted))
            self.done_at.setdefault(wanted.id, clock.now())
        if isinstance(answer, BaseException):
            raise answer
        notebook.answered("as scripted")
        return answer or self.done[wanted.id]

    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """What it did of this order."""
        return self.done.get(wanted.id, NotThere())

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Cancels what is not yet sent."""
        found = self.done.get(wanted.id)
        if found is None:
            return NotThere()
        if found.standing is Standing.ORDERED:
            self.done[wanted.id] = found = Found(found.reference, Standing.CANCELLED, "CANCELED")
        return found

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Sends again."""
        if wanted.id not in self.done:
            return NotThere()
        self.done[wanted.id] = found = Found(self.done[wanted.id].reference, Standing.SENT)
        return found

    def effects(self, since: datetime) -> Iterator[Effect]:
        """All that it did since then."""
        for each, found in self.done.items():
            if self.done_at.get(each, since) >= since:
                yield Effect(found, each)


def _ordered(wanted: Wanted) -> Found:
    return Found(f"ref-{wanted.id.hex[:8]}", Standing.ORDERED, "EXECUTED")


SILENT = NoAnswer("timed out")
