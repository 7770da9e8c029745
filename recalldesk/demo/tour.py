"""A short tour through HTTP: one check for each verdict, asked of the running server."""

import gzip
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.foundation.serial_form import SerialForm

Answer = dict[str, Any]
MOST_TRIES = 500
PATIENCE = 600
"""Seconds. A server of a newer version builds the whole index anew before it answers."""


class TourEnded(Exception):
    """The tour did not find what it must show."""


@dataclass(frozen=True)
class Step:
    """One question and its answer."""

    what: str
    serial: str
    answer: Answer
    milliseconds: float


class Tour:
    """Asks the server at `address` about serials of `form` that stand in `file`."""

    def __init__(self, address: str, form: SerialForm, file: Path) -> None:
        self._address = address
        self._form = form
        self._file = file

    def wait_until_ready(self, is_running: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Returns once /readyz answers 200. Raises TourEnded."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and is_running():
            try:
                with urllib.request.urlopen(f"{self._address}/readyz", timeout=5):  # noqa: S310 - ours
                    return
            except OSError:
                time.sleep(0.2)
        raise TourEnded("The server did not get ready.")

    def steps(self) -> Iterator[Step]:
        """Affected, look again, ask a person, not affected."""
        affected = self.first_serial()
        yield self._ask("a serial from the list", affected)
        doubtful = self._until("look_again", self._confusions(affected))
        yield Step("a look-alike misread", *doubtful)
        token = doubtful[1]["second_look"]
        yield self._ask("the same again", doubtful[0], second_look=token)
        others = made_up_serials(self._form, MOST_TRIES, seed=7, numbering=Numbering.RANDOM)
        yield Step("a serial far from all of them", *self._until("not_affected", others))

    def first_serial(self) -> str:
        """The first serial of the list."""
        with gzip.open(self._file, "rt", encoding="utf-8") as lines:
            next(lines)
            return next(lines).strip()

    def _confusions(self, serial: str) -> Iterator[str]:
        """The serial with one or more characters mistaken for look-alikes."""
        draw = random.Random(3)  # noqa: S311 - a demonstration, nothing secret
        for _ in range(MOST_TRIES):
            yield "".join(draw.choice(self._form.alike[character]) for character in serial)

    def _until(self, verdict: str, serials: Iterator[str]) -> tuple[str, Answer, float]:
        for serial in serials:
            step = self._ask("", serial)
            if step.answer["verdict"] == verdict:
                return step.serial, step.answer, step.milliseconds
        raise TourEnded(f"No serial was answered {verdict} in {MOST_TRIES} tries.")

    def _ask(self, what: str, serial: str, **more: str) -> Step:
        body = json.dumps({"serial": serial, **more}).encode()
        request = urllib.request.Request(  # noqa: S310 - the address is our own server's
            f"{self._address}/api/v1/checks",
            data=body,
            headers={"Content-Type": "application/json"},
        )
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - as above
            answer: Answer = json.load(response)
        return Step(what, serial, answer, (time.perf_counter() - began) * 1000)
