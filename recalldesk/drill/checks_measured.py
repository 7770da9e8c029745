"""How many checks a second the sandbox's server answers, asked by several connections at once.

Guarantee: it is a lower bound: whoever asks shares the machine with whoever answers.
"""

import http.client
import itertools
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 6
SECONDS = 4.0


@dataclass(frozen=True)
class ChecksMeasured:
    """`asked` checks in `seconds`; the slowest but one in a hundred took `slow_ms`."""

    asked: int
    seconds: float
    slow_ms: float
    failed: int

    @property
    def a_second(self) -> float:
        """Checks answered in a second."""
        return self.asked / self.seconds if self.seconds else 0.0


def measure_checks(site: str, serials: Sequence[str], seconds: float = SECONDS) -> ChecksMeasured:
    """Asks for so many seconds; every check comes from another made-up client."""
    numbers, took, failed = itertools.count(), list[float](), list[int]()
    until = time.monotonic() + seconds
    askers = [
        threading.Thread(target=_ask, args=(site, serials, numbers, until, took, failed))
        for _ in range(CONNECTIONS)
    ]
    began = time.monotonic()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    ordered = sorted(took)
    slow = ordered[int(len(ordered) * 0.99)] if ordered else 0.0
    return ChecksMeasured(len(took), time.monotonic() - began, slow * 1000, len(failed))


def _ask(
    site: str,
    serials: Sequence[str],
    numbers: "itertools.count[int]",
    until: float,
    took: list[float],
    failed: list[int],
) -> None:
    host = urlsplit(site).netloc
    connection = http.client.HTTPConnection(host, timeout=10)
    while time.monotonic() < until:
        number = next(numbers)
        client = f"198.19.{number // 250 % 250}.{number % 250 + 1}"
        head = {"Content-Type": "application/json", "X-Forwarded-For": client}
        body = json.dumps({"serial": serials[number % len(serials)]})
        began = time.monotonic()
        try:
            connection.request("POST", "/api/v1/checks", body, head)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            failed.append(0)
            connection.close()
            continue
        if answer.status == 200:
            took.append(time.monotonic() - began)
        else:
            failed.append(answer.status)
    connection.close()
