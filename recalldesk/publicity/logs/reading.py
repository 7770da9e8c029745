"""What a line of an access log says, in either form.

Guarantee: any bytes at all give an ask or a reason, never an error; of who asked nothing is taken
out but whether it is a robot.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from recalldesk.publicity.robots import is_robot
from recalldesk.publicity.states import LineReason, LogForm

COMBINED = re.compile(
    r"\S.{0,600}? \[(\d{2}/[A-Za-z]{3}/\d{4}:\d{2}:\d{2}):\d{2} ([+-]\d{4})\] "
    r'"((?:[^"\\]|\\.)*)" (\d{3}) \S+ "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)"'
)
"""The address, and whatever stands before the time, is passed over and never taken out."""
SECONDS_A_MINUTE = 60
LATEST = 253_402_300_800
"""The end of the year 9999, in seconds from 1970."""
MILLISECONDS, NANOSECONDS = 10**11, 10**17
"""From where on a number is one of these."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask. `minute`: counted from 1970, in UTC; `target`: the address as it was asked for."""

    minute: int
    method: str
    target: str
    status: int
    is_robots: bool


Read = Ask | LineReason | None
"""None: the line is blank."""


def reader_of(form: LogForm) -> Callable[[bytes], Read]:
    """What reads a line of a log of this form."""
    return {LogForm.AUTO: _either, LogForm.COMBINED: _combined, LogForm.JSON: _json}[form]


def _either(line: bytes) -> Read:
    return _json(line) if line.startswith(b"{") else _combined(line)


def _combined(line: bytes) -> Read:
    text = line.decode("utf-8", "replace")
    found = COMBINED.match(text)
    if found is None:
        return LineReason.NO_FORM if text.strip() else None
    said_minute, zone, request, status, agent = found.groups()
    minute = _minute(said_minute, zone)
    if minute is None:
        return LineReason.NO_TIME
    method, _, rest = request.partition(" ")
    return Ask(minute, method, rest.partition(" ")[0], int(status), is_robot(agent))


@lru_cache(maxsize=1_024)
def _minute(said: str, zone: str) -> int | None:
    try:
        moment = datetime.strptime(f"{said} {zone}", "%d/%b/%Y:%H:%M %z")
    except ValueError:
        return None
    return int(moment.timestamp()) // SECONDS_A_MINUTE


def _json(line: bytes) -> Read:
    if not line.strip():
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return LineReason.NO_FORM
    request = said.get("request") if isinstance(said, dict) else None
    if not isinstance(request, dict):
        return LineReason.NO_FORM
    method, target, status = request.get("method"), request.get("uri"), said.get("status")
    if not isinstance(method, str) or not isinstance(target, str) or not isinstance(status, int):
        return LineReason.NO_FORM
    seconds = _seconds(said.get("ts"))
    if seconds is None:
        return LineReason.NO_TIME
    minute = int(seconds) // SECONDS_A_MINUTE
    return Ask(minute, method, target, status, is_robot(_agent(request.get("headers"))))


def _seconds(said: Any) -> float | None:
    """A time in any of the forms in which Caddy writes it, but for those without a zone."""
    if isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return None
        return None if moment.tzinfo is None else moment.astimezone(UTC).timestamp()
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    if not 0 <= said < LATEST * 10**9:  # a number that is none, or too large for one
        return None
    seconds: float = said
    if seconds >= NANOSECONDS:
        return seconds / 10**9
    return seconds / 10**3 if seconds >= MILLISECONDS else seconds


def _agent(headers: Any) -> str:
    """What the asking program calls itself; nothing where the log keeps no such header."""
    if not isinstance(headers, dict):
        return ""
    for name, values in headers.items():
        if name.casefold() == "user-agent":
            first = values[0] if isinstance(values, list) and values else values
            return first if isinstance(first, str) else ""
    return ""
