"""Remedies placed a second, with a provider that answers at once, beside a bare loop of calls."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path

from django.core.management import call_command

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.providers.tremendous import BASE
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import RemedyState
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.remedies.ordered import ordered

WORKERS = (1, 2)
AIM = 0.5


def measure(folder: Path, sizes: Sizes) -> Section:
    """With one worker and two, each beside as many bare loops."""
    folder.mkdir()
    call_command("migrate", verbosity=0, interactive=False)
    section = Section(
        "Remedies are placed",
        f"{sizes.placed:,} made-up gift cards for each row, ordered from the project's own server "
        "in Tremendous' form, which answers at once: by processes that run `place_due`, as the "
        "worker's job does (groups of 50, four calls at a time), and beside it by as many that "
        "only make the same calls one after another, over the same client. The server and the "
        "embedded database share the machine; as in tests, the database does not wait for its disk "
        "(three commits a group).",
    )
    with made_up("tremendous", folder, base=BASE) as server:
        environ = os.environ | {
            "RECALLDESK_TREMENDOUS_ADDRESS": server.address,
            "RECALLDESK_TREMENDOUS_KEY": KEY,
        }
        for workers in WORKERS:
            _order(sizes.placed, f"with {workers}")
            _measure(section, server, workers, sizes.placed, environ)
    return section


def _order(count: int, name: str) -> None:
    for number in range(count):
        ordered(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {number}").bytes * 2)


def _measure(
    section: Section, server: MadeUp, workers: int, count: int, environ: Mapping[str, str]
) -> None:
    words = "one worker" if workers == 1 else f"{workers} workers"
    before = len(server.lines("order"))
    rate = _rate("place", workers, count, environ)
    cards = len(server.lines("order")) - before
    bare = _rate("bare", workers, count // workers, environ)
    left = Remedy.objects.exclude(state=RemedyState.ORDERED).count()
    section.judge(
        f"{words}: remedies a second, beside a bare loop",
        f"{rate:,.0f} beside {bare:,.0f}: {rate / bare:.2f}",
        f"at least {AIM}",
        reached=rate / bare >= AIM,
    )
    section.judge(
        f"{words}: cards that are doubled or missing",
        f"{abs(cards - count) + left} of {count:,}",
        "0",
        reached=cards == count and not left and not Order.objects.exclude(stopped="").exists(),
    )


def _rate(mode: str, workers: int, count: int, environ: Mapping[str, str]) -> float:
    """So many processes begin together; what they did a second, from the first to the last."""
    command = [sys.executable, "-m", "benchmarks.placing_child", mode, str(count)]
    running = [
        subprocess.Popen(
            command, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(workers)
    ]
    told = []
    for process in running:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise SystemExit(f"benchmarks.placing_child {mode} failed")
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in running:
        out, _ = process.communicate()
        told.append(json.loads(out.strip().rsplit("\n", 1)[-1]))
    seconds = max(each["ended"] for each in told) - min(each["began"] for each in told)
    return float(sum(each["done"] for each in told) / seconds)
