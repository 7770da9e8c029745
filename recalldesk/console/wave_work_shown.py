"""A wave at work as its page shows it: each number with the way to its rows. Nothing here asks the
database.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from recalldesk.console.wave_words import ANSWERS, ANSWERS_SAY, WAYS, WITHHELD
from recalldesk.console.waves_asked import notices_address
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.notices import Having, NoticeFilters
from recalldesk.outreach.reads.progress import Progress, WayProgress
from recalldesk.outreach.states import AnswerKind, NoticeState, WaveState, Way

HEADS = (
    "Way",
    "All",
    "Waiting",
    "Printed",
    "Sent",
    "Came back",
    "Refused",
    "Given up",
    "Withheld",
    "Link used",
    "Perhaps twice",
)
STATES = (
    NoticeState.WAITING,
    NoticeState.PRINTED,
    NoticeState.SENT,
    NoticeState.BOUNCED,
    NoticeState.REFUSED,
    NoticeState.GIVEN_UP,
    NoticeState.WITHHELD,
)
BAD = {NoticeState.BOUNCED, NoticeState.REFUSED, NoticeState.GIVEN_UP}


@dataclass(frozen=True)
class Figure:
    """A number; `url` leads to its rows, and is empty where there are none."""

    head: str
    number: int
    url: str
    of: str
    is_bad: bool = False

    @property
    def shown(self) -> str:
        """As it is written."""
        return f"{self.number:,}"


@dataclass(frozen=True)
class WayLine:
    """A way with its numbers, and the share that is done, in hundredths."""

    title: str
    figures: tuple[Figure, ...]
    done: int


def work_shown(wave: Wave, progress: Progress) -> dict[str, Any]:
    """Its progress."""
    return {
        "heads": HEADS,
        "lines": [_line(wave, way, found) for way, found in progress.ways.items()],
        "remarks": _remarks(wave, progress),
        "answers": [_answer(wave, kind, progress.answers.get(kind, 0)) for kind in AnswerKind],
        "answered": _figure(wave, "Answered", progress.answered, having=Having.ANSWERS),
        "claims": _figure(wave, "Claims filed by its links", progress.claims, having=Having.CLAIMS),
        "pace": _pace(wave, progress),
        "until": progress.until,
        "until_words": until_words(progress.until),
    }


def until_words(until: datetime | None) -> str:
    """A day and a time, with its weekday: what is asked is "today still?"."""
    return f"{until:%A}, {until.day} {until:%b %Y, %H:%M} UTC" if until else ""


def _line(wave: Wave, way: Way, found: WayProgress) -> WayLine:
    here = NoticeFilters(way=way)
    figures = [_figure(wave, "All", found.whole, here)]
    for head, state in zip(HEADS[2:9], STATES, strict=True):
        number = found.states.get(state, 0)
        figures.append(_figure(wave, head, number, replace(here, state=state), is_bad=state in BAD))
    opened = replace(here, having=Having.OPENED)
    repeats = replace(here, having=Having.REPEATS)
    figures.append(_figure(wave, "Link used", found.opened, opened))
    figures.append(_figure(wave, "Perhaps twice", found.repeats, repeats, is_bad=True))
    left = found.states.get(NoticeState.WAITING, 0) + found.states.get(NoticeState.PRINTED, 0)
    whole = found.whole
    done = 100 * (whole - left) // whole if whole else 0
    title = WAYS[way]
    return WayLine(title[:1].upper() + title[1:], tuple(figures), done)


def _remarks(wave: Wave, progress: Progress) -> list[tuple[str, str, str]]:
    """What lies within the table's numbers: a number, its rows, and what it is."""
    found = []
    for way, each in progress.ways.items():
        here = NoticeFilters(way=way)
        if each.later:
            rows = notices_address(wave, replace(here, having=Having.LATER))
            found.append((f"{each.later:,}", rows, f"{WAYS[way]}: {_later(way, each)}"))
        if each.delivered:
            rows = notices_address(wave, replace(here, having=Having.DELIVERED))
            found.append((f"{each.delivered:,}", rows, f"{WAYS[way]}: delivered, as we were told"))
        for why, count in each.withheld.items():
            rows = notices_address(wave, replace(here, withheld=why))
            found.append((f"{count:,}", rows, f"{WAYS[way]}, withheld: {WITHHELD[why]}"))
    return found


def _later(way: Way, found: WayProgress) -> str:
    """For what those wait that are not sent now."""
    if way is Way.PHONE:
        return "called later, or with a call centre"
    if not found.by_day:
        return "tried and tried again later"
    if found.by_day == found.later:
        return "wait for the morning where they are read"
    return f"tried again later, or ({found.by_day:,}) wait for the morning where they are read"


def _answer(wave: Wave, kind: AnswerKind, count: int) -> tuple[str, Figure, str]:
    said = ANSWERS[kind]
    figure = _figure(wave, said, count, NoticeFilters(answer=kind))
    return said[:1].upper() + said[1:], figure, ANSWERS_SAY[kind]


def _figure(
    wave: Wave,
    head: str,
    number: int,
    filters: NoticeFilters | None = None,
    *,
    having: Having | None = None,
    is_bad: bool = False,
) -> Figure:
    narrowed = filters or NoticeFilters(having=having)
    of = f"{head}, {WAYS[narrowed.way]}" if narrowed.way else head
    url = notices_address(wave, narrowed) if number else ""
    return Figure(head, number, url, of, is_bad=is_bad and number > 0)


def _pace(wave: Wave, progress: Progress) -> str:
    limits = (
        f"At most {wave.per_minute:,} leave in a minute, {wave.per_domain:,} to one mail domain."
    )
    if wave.state != WaveState.SENDING:
        return limits
    return f"{progress.lately:,} were sent in the last five minutes. {limits}"
