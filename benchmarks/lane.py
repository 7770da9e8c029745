"""What the fast path for checks costs, beside a constant answer and beside plain Django."""

import gzip
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from benchmarks.report import Section
from benchmarks.serving import Asker, Server, check_request, free_port, running
from benchmarks.serving_child import CONSTANT, LANE, ORM
from benchmarks.sizes import Sizes

ROUNDS = 9
FREE_ROUNDS = 3
ONE_PROCESSOR = {max(os.sched_getaffinity(0))}
AFFECTED, MISS = "lane, affected", "lane, a clear miss"
OTHER_LETTERS = "XWKTRPNMJHFEC"


def published_home(folder: Path, units: int) -> dict[str, str]:
    """All examples published with made-up serials by `recalldesk demo`; the environment of it."""
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
        "RECALLDESK_PROFILE": "demo",
        "RECALLDESK_FREE_CHECKS": "1000000000",
        "RECALLDESK_HOME": str(folder / "published"),
    }
    environ.pop("DATABASE_URL", None)
    subprocess.run(
        [
            *(sys.executable, "-m", "recalldesk", "demo", "--no-serve"),
            *("--units", str(units), "--port", str(free_port())),
        ],
        env=environ,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return environ


def some_affected(home: Path, count: int) -> list[str]:
    """Made-up affected serials, from the file that the demo keeps; fewer where it has no more."""
    with gzip.open(home / "a1263-serials.csv.gz", "rt") as file:
        return [line.strip() for line in islice(file, 1, count + 1)]


def far_serials(count: int) -> list[str]:
    """Serials of the form that are far from all of those made up."""
    draw = random.Random(77)
    return ["".join(draw.choices(OTHER_LETTERS, k=16)) for _ in range(count)]


def _seconds_a_request(server: Server, requests: Sequence[bytes], said: bytes) -> float:
    before = server.processor_seconds()
    with Asker(server.port) as asker:
        answers = asker.ask(requests)
    used = server.processor_seconds() - before
    wrong = [answer for answer in answers if said not in answer or b" 200 " not in answer[:20]]
    if wrong:
        raise RuntimeError(f"{len(wrong)} answers were not as expected: {wrong[0][-200:]!r}")
    return used / len(requests)


def measure_lane(environ: Mapping[str, str], sizes: Sizes) -> Section:
    """Processor time a request of four ways to answer, in turn."""
    section = Section(
        "Checks cost little",
        "Processor time of the server's one worker (its own and the system's for it) a request, "
        f"median of {ROUNDS} rounds in which the four take turns, {sizes.requests:,} requests a "
        "round, each for another serial, over 16 connections kept open. All examples are live, no "
        "model is given, and each check is limited (generously) and counted; the worker confirms "
        "its index and writes its counts meanwhile, as one of `recalldesk serve` does. The "
        "*constant answer* is a WSGI application of three lines on the same server, which reads "
        "the question and sends the same headers; "
        "*plain Django* is a view that parses the question and looks the serial up in the same "
        "rows by the ORM, behind two middlewares; what its database uses is not counted. Each "
        "worker is kept to one processor: on several, the threads of one Python fight for its lock "
        "across them, and every answer costs more, the longer ones more than others. The last rows "
        "say what the same costs so.",
    )
    home = Path(environ["RECALLDESK_HOME"])
    affected = [check_request(serial) for serial in some_affected(home, sizes.requests)]
    far = [check_request(serial) for serial in far_serials(sizes.requests)]
    with ExitStack() as stack:
        servers = {}
        for name in (CONSTANT, LANE, ORM):
            port = free_port()
            started = running(["benchmarks.serving_child", name, str(port)], port, environ)
            servers[name] = stack.enter_context(started)
        ways = {
            CONSTANT: (servers[CONSTANT], affected, b"affected"),
            AFFECTED: (servers[LANE], affected, b'"verdict": "affected"'),
            MISS: (servers[LANE], far, b'"verdict": "not_affected"'),
            ORM: (servers[ORM], affected, b"anker-a1263"),
        }
        for server, asked, said in ways.values():
            _seconds_a_request(server, asked, said)  # so that it has all its threads
            server.keep_to(ONE_PROCESSOR)
        kept = _times(ways, ROUNDS, sizes)
        for server in servers.values():
            server.keep_to(os.sched_getaffinity(0))
        free = _times(ways, FREE_ROUNDS, sizes)
    _judge(section, kept)
    for name, seconds in free.items():
        section.add(
            f"{name}, on all processors: processor time a request", f"{seconds * 1e6:.0f} µs"
        )
    return section


Ways = Mapping[str, tuple[Server, Sequence[bytes], bytes]]


def _times(ways: Ways, rounds: int, sizes: Sizes) -> dict[str, float]:
    """Seconds a request, by way to answer."""
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, (server, questions, said) in ways.items():
            asked = ([*questions] * (sizes.requests // len(questions) + 1))[: sizes.requests]
            times.setdefault(name, []).append(_seconds_a_request(server, asked, said))
    return {name: statistics.median(each) for name, each in times.items()}


def _judge(section: Section, seconds: Mapping[str, float]) -> None:
    for name, each in seconds.items():
        section.add(f"{name}: processor time a request", f"{each * 1e6:.0f} µs")
    for name, aim in ((AFFECTED, 0.6), (MISS, 0.3)):
        ratio = seconds[CONSTANT] / seconds[name]
        section.judge(
            f"{name}: requests for the cost of one constant answer",
            f"{ratio:.2f}",
            f"at least {aim}",
            reached=ratio >= aim,
        )
    ratio = seconds[ORM] / seconds[AFFECTED]
    section.judge(
        f"{AFFECTED}: requests for the cost of one look-up by plain Django",
        f"{ratio:.1f}",
        "at least 15",
        reached=ratio >= 15,
    )
    section.add(
        f"{MISS}: requests for the cost of one look-up by plain Django, which knows no reach rule",
        f"{seconds[ORM] / seconds[MISS]:.1f}",
    )
