"""A wave of mails to a server that knows nothing of the database, by workers that are killed again
and again: nobody is left out, and no kill costs more than one repeat.
"""

import hashlib
import os
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from benchmarks.waves_made import address, wave_to
from benchmarks.waves_sink import LINE
from benchmarks.waves_workers import Workers, sink
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState

CHILD = "benchmarks.waves_child"
WORKERS = 2
UNDISTURBED = 2_000
"""Mails that one worker sends before anything is killed."""
SEED = 20_311
PAUSE = 5.0


@dataclass(frozen=True)
class Arrived:
    """What the server took: under which names each address got mails, and when."""

    names: Mapping[str, Counter[str]]
    times: tuple[float, ...]

    @property
    def mails(self) -> int:
        """All of them, repeats too."""
        return len(self.times)


def measure(folder: Path, sizes: Sizes) -> Section:
    """Makes the wave, sends it while workers are killed, and holds the server's list against it."""
    folder.mkdir(parents=True)
    call_command("migrate", verbosity=0, interactive=False)
    wave_to(sizes.told, folder)
    undisturbed = min(UNDISTURBED, sizes.told // 10)
    with sink(folder / "bare") as port:
        bare = run_child(CHILD, "bare", str(port), str(undisturbed))
    kept = folder / "kept"
    with sink(kept) as port:
        os.environ["RECALLDESK_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        alone = run_child(CHILD, "send", str(undisturbed))
        workers = Workers(WORKERS, os.environ)
        with workers.running():
            workers.kill_as_they_come(
                sizes.told_kills, whole=sizes.told, done=lambda: _lines(kept), seed=SEED
            )
            while DirectNotice.objects.filter(state=NoticeState.WAITING).exists():
                time.sleep(PAUSE)
    section = _section(sizes)
    _tell_rates(section, alone, bare, arrived_in(kept), undisturbed)
    judge(section, arrived_in(kept), sizes.told, workers.kills)
    return section


def judge(section: Section, arrived: Arrived, count: int, kills: int) -> None:
    """What must hold of the server's list, and of the rows that tell of it."""
    rows = list(DirectNotice.objects.values_list("random_id", "repeats", "state"))
    counted = {random_id.hex: repeats for random_id, repeats, _ in rows}
    wanted = {hashlib.sha256(address(n).encode()).hexdigest() for n in range(count)}
    missing = len(wanted - set(arrived.names)) + len(set(arrived.names) - wanted)
    left = sum(state != NoticeState.SENT for *_, state in rows)
    section.judge("left out", f"{missing + left} of {count:,}", "0", reached=missing == left == 0)
    extra = arrived.mails - len(arrived.names)
    section.judge(
        "repeats, with so many kills",
        f"{extra} with {kills}",
        "no more than kills",
        reached=extra <= kills,
    )
    renamed = sum(len(names) > 1 for names in arrived.names.values())
    section.judge("repeats under another Message-ID", f"{renamed}", "0", reached=renamed == 0)
    uncounted = sum(
        times - 1 > counted.get(name, 0)
        for names in arrived.names.values()
        for name, times in names.items()
    )
    section.judge("repeats that no row counts", f"{uncounted}", "0", reached=uncounted == 0)
    total = sum(counted.values())
    section.judge(
        "attempts that rows count as perhaps a repeat",
        f"{total}",
        "no more than kills",
        reached=total <= kills,
    )


def arrived_in(kept: Path) -> Arrived:
    """What the server's own list says."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    times = []
    for line in kept.read_text().splitlines():
        name, recipient, at = line.split()
        names[recipient][name] += 1
        times.append(float(at))
    return Arrived(names, tuple(times))


def _lines(kept: Path) -> int:
    return kept.stat().st_size // LINE if kept.exists() else 0


def _section(sizes: Sizes) -> Section:
    return Section(
        "Waves of notices",
        f"A wave of {sizes.told:,} mails to made-up buyers, in its own words and with a link each, "
        "to a server on this machine that writes down Message-ID and recipient and knows nothing "
        f"of the database. First one worker alone, beside a bare loop of smtplib that gives the "
        f"same server as many mails of that size; then {WORKERS} workers (`recalldesk work`), of "
        f"which one is killed with -9 at {sizes.told_kills} moments drawn over the wave, each once "
        "it has begun. Server, workers and the embedded database share the machine; as in tests, "
        "the database does not wait for its disk.",
    )


def _tell_rates(
    section: Section,
    alone: Mapping[str, float],
    bare: Mapping[str, float],
    arrived: Arrived,
    undisturbed: int,
) -> None:
    rate, loop = alone["sent"] / alone["seconds"], bare["sent"] / bare["seconds"]
    section.add(
        "one worker, undisturbed: mails a second, beside a bare loop",
        f"{rate:,.0f} beside {loop:,.0f}",
    )
    section.add(
        "processor time of the worker for a mail, beside that of the loop",
        f"{alone['processor'] / alone['sent'] * 1000:.1f} ms beside "
        f"{bare['processor'] / bare['sent'] * 1000:.1f} ms",
    )
    times = sorted(arrived.times[undisturbed:])
    if len(times) > 1:
        # The last few wait for the lease of whoever was killed with them in hand.
        nearly = times[len(times) * 99 // 100]
        section.add(
            "while workers are killed: mails a second",
            f"{len(times) * 0.99 / max(nearly - times[0], 0.001):,.0f}",
        )
