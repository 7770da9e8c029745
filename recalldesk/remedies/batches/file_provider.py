"""What providers have in common that hand out files: an order is listed, and read back.

Guarantees: `place` lists an order and no more, once; an order can be cancelled until its file is
frozen, or once the other end refused it; what was read back is told as it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from recalldesk.remedies.batches.effects import effects_of
from recalldesk.remedies.batches.listing import line_of, list_order, take_off
from recalldesk.remedies.batches.marks import spaced
from recalldesk.remedies.batches.standing import REFUSED_THERE, found_of
from recalldesk.remedies.batches.states import BatchKind, LineState
from recalldesk.remedies.providers.interface import (
    Effect,
    Found,
    Looking,
    Notebook,
    NotThere,
    Placing,
    Refused,
    Standing,
    Wanted,
)

STANDS = "it stands in a file that is frozen"


@dataclass(frozen=True)
class Destination:
    """Into which file an order goes."""

    kind: BatchKind
    currency: str = ""


class FileProvider(ABC):
    """The base of both. Whoever inherits says where an order goes, or why it goes nowhere."""

    @property
    @abstractmethod
    def name(self) -> str:
        """As rows and recall files name it."""

    @abstractmethod
    def destination(self, wanted: Wanted) -> Destination | Refused:
        """Where the order goes, by what it asks for."""

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """Lists it."""
        if line := line_of(wanted.id):
            return found_of(line)
        goes = self.destination(wanted)
        if isinstance(goes, Refused):
            return goes
        notebook.sent(f"to be listed: {goes.kind.label}")
        line = list_order(wanted.id, goes.kind, goes.currency)
        notebook.remember(line.mark)
        notebook.answered(f"listed in file {line.batch_id} as {spaced(line.mark)}")
        return found_of(line)

    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """How it stands, by what was read back."""
        line = line_of(wanted.id)
        if line is None:
            return NotThere()
        found = found_of(line)
        notebook.answered(f"file {line.batch_id}: {found.status}")
        return found

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Takes it off its file, if that is not frozen; what was refused there came to nothing."""
        line = line_of(wanted.id)
        if line is None:
            return NotThere()
        if line.state == LineState.REFUSED:
            return Found(line.mark, Standing.CANCELLED, REFUSED_THERE)
        taken = line.state == LineState.CANCELLED or take_off(line)
        notebook.answered("taken off" if taken else STANDS)
        return found_of(line)

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Nothing is sent again under the same order: what came back is granted anew."""
        line = line_of(wanted.id)
        return NotThere() if line is None else Refused("what came back is granted anew")

    def effects(self, since: datetime) -> Iterator[Effect]:
        """All that was listed since then, also what a restore forgot."""
        return effects_of(self.name, since)
