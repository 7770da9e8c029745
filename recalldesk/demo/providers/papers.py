"""A made-up desk with a tray of files that come in, and one of files that go out.

Guarantees: each line of each file counts once, and a line that comes again in another file counts
again: nothing is taken for a double; killed at any line, it goes on with the next one. It knows
nothing of Recalldesk's database.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.providers.ledger import lines_of

Line = tuple[str, str]
"""The mark of a line, and its amount ("" for none)."""


@dataclass(frozen=True)
class Trays:
    """`incoming` gets files, by a rename, so that none is read half; what was done lies in `done`,
    what is told in `outgoing`."""

    incoming: Path
    done: Path
    outgoing: Path

    @classmethod
    def below(cls, folder: Path) -> "Trays":
        """The three trays of a folder, made where they are missing."""
        trays = cls(folder / "incoming", folder / "done", folder / "outgoing")
        for tray in (trays.incoming, trays.done, trays.outgoing):
            tray.mkdir(parents=True, exist_ok=True)
        return trays


def work_through(
    trays: Trays,
    ledger: Path,
    effect: str,
    read: Callable[[Path], Iterable[Line]],
    answer: Callable[[Path, Path], Path | None],
) -> int:
    """Does what lies in the tray; how many files. `answer` writes what is told of a file into a
    file that is not yet in the tray, and returns it."""
    files = sorted(path for path in trays.incoming.iterdir() if path.is_file())
    for path in files:
        done = {line["number"] for line in lines_of(ledger) if line.get("file") == path.name}
        with ledger.open("ab", buffering=0) as file:
            if file.tell():
                file.write(b"\n")  # whatever a kill cut ends here
            for number, (mark, amount) in enumerate(read(path), 1):
                if number not in done:
                    kept = {"file": path.name, "number": number, "mark": mark, "amount": amount}
                    file.write(json.dumps({"effect": effect, **kept}).encode() + b"\n")
        told = answer(path, trays.outgoing.parent)
        if told is not None:
            os.replace(told, trays.outgoing / told.name)
        os.replace(path, trays.done / path.name)
    return len(files)


def draws(mark: str, seed: int, share: float) -> bool:
    """Whether chance hits this mark: the same each time for the same seed."""
    number = int.from_bytes(hashlib.sha256(f"{seed} {mark}".encode()).digest()[:8])
    return number < share * 2**64
