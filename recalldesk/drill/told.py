"""How far a drill is, told line by line to the program that asked for it."""

import json
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """One step: what is done, how much of it, of how much (0: nobody knows)."""

    step: str
    done: int = 0
    of: int = 0
    message: str = ""
    hint: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether the drill ended with it."""
        return bool(self.message)

    def say(self) -> None:
        """Writes it as a line."""
        sys.stdout.write(json.dumps(self.__dict__) + "\n")
        sys.stdout.flush()


def heard(line: str) -> Told | None:
    """What a line says; None where it is something else."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return Told(**found) if isinstance(found, dict) and "step" in found else None
