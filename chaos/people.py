"""What staff, owners, carriers do in a run, over and over, whatever is dead just now.

Staff act by the same functions as the desk's pages and commands do; owners ask the web server. Each
step stands alone: one that fails is tried again in the next turn. `python -m chaos.people`
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable

import django

django.setup()

from django.db import connections

from chaos import carriers, desk, files, owners
from chaos.claims_made import enter
from chaos.installation import Installation
from chaos.weather import ENTERED

PAUSE = 0.5
TOLD = "people.json"
LATELY = 20
"""So many of the last faults are kept, for whoever looks into a run."""


def main() -> None:
    """Works until it is killed, and tells after each turn what is left to do."""
    installation = Installation.here()
    at_work = People(installation)
    while True:
        at_work.turn()
        time.sleep(PAUSE)


class People:
    """All of them. `done` counts what they did."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._draw = random.Random()
        self.done: Counter[str] = Counter()
        self._faults: list[str] = []

    def turn(self) -> None:
        """Each does what there is to do."""
        here = self._installation
        self._step("entered", lambda: enter(range(int(here.weather.number(ENTERED)))))
        self._step("cron", desk.do_what_is_due)
        self._step("files handed out", lambda: files.carry_out(here))
        self._step("files read back", lambda: files.bring_back(here))
        self._step("told by carriers", lambda: carriers.move_on(here))
        self._step("pages seen", lambda: owners.look(here, self._draw))
        self._step("codes seen", lambda: owners.open_codes(here, self._draw))
        self._step("budgets released", desk.release_budgets)
        self._step("dead letters sent on", desk.send_on)
        self._step("reconciled", desk.reconcile_while_held)
        left: dict[str, int] = {}
        self._step("asked", lambda: left.update(desk.left_to_do(here)) or 1)
        self._tell(left)

    def _step(self, name: str, step: Callable[[], int]) -> None:
        try:
            self.done[name] += step()
        except Exception as error:
            # Anything may be away; what is wrong with the product is judged by what is counted.
            self.done[f"{name}: failed"] += 1
            self._faults = [*self._faults, f"{name}: {type(error).__name__}: {error}"[:300]]
            self._faults = self._faults[-LATELY:]
            connections.close_all()

    def _tell(self, left: dict[str, int]) -> None:
        path = self._installation.folder / TOLD
        draft = path.with_suffix(".part")
        told = {"left": left, "done": self.done, "at": time.time(), "faults": self._faults}
        draft.write_text(json.dumps(told), encoding="utf-8")
        os.replace(draft, path)


if __name__ == "__main__":
    main()
