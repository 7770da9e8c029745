"""Claims are filed while web and job processes are killed: none is lost, none is doubled."""

import io
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PIL import Image

from benchmarks.child import run_child
from benchmarks.filing_owner import PATIENCE, Filed, FilingOwner, Plan
from benchmarks.killing import JOBS, WEB, KilledDesk
from benchmarks.report import Section
from benchmarks.serving import free_port
from benchmarks.sizes import Sizes
from recalldesk.demo.made_up_serials import Numbering, made_up_serials, write_serial_file
from recalldesk.recalls.recall_file import read_recall_file
from tests.cast import SLUG, recall_text

WORKERS = 2
OWNERS_AT_ONCE = 8
CHILD = "benchmarks.submitting_child"
PLANS = ("one", "one", "photos", "three", "one", "contested", "photos", "again", "one", "none")
"""What one owner after another, or two at once, are to claim."""


def plans(serials: list[str]) -> Iterator[list[Plan]]:
    """What is to be claimed at the same moment: by one owner, or by two for the same unit."""
    left, photo = iter(serials), _photo()
    for number in count():
        kind, owner = PLANS[number % len(PLANS)], f"owner{number}"
        email = f"{owner}@home.example"
        try:
            if kind == "none":
                yield [Plan(email)]
            elif kind == "three":
                yield [Plan(email, (next(left), next(left), next(left)))]
            elif kind == "contested":
                unit = (next(left),)
                yield [Plan(email, unit), Plan(f"{owner}-other@home.example", unit)]
            elif kind == "again":
                yield [Plan(email, (next(left),))] * 2
            else:
                yield [Plan(email, (next(left),), photo if kind == "photos" else b"")]
        except StopIteration:
            return


def _photo() -> bytes:
    """A small picture; what is appended to it makes it another photo."""
    kept = io.BytesIO()
    Image.new("RGB", (400, 300), "#d8d4cc").save(kept, "JPEG")
    return kept.getvalue()


class Crowd:
    """Owners who file one after another, so many at once, until it is enough."""

    def __init__(self, site: str, serials: list[str]) -> None:
        self._site = site
        self._plans = plans(serials)
        self._lock = threading.Lock()
        self._seeds = count(1)
        self._enough = threading.Event()
        self.filed: list[Filed] = []
        self._threads = [threading.Thread(target=self._go_on) for _ in range(OWNERS_AT_ONCE)]

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def wait_for_the_first(self) -> None:
        """Waits until a claim was filed, so that there is something to break."""
        until = time.monotonic() + PATIENCE
        while not self.filed and time.monotonic() < until:
            time.sleep(0.1)

    def end(self) -> None:
        """Lets everybody finish what they have begun."""
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self) -> None:
        while not self._enough.is_set():
            with self._lock:
                together = next(self._plans, None)
            if together is None:
                return
            beside = [threading.Thread(target=self._file, args=(plan,)) for plan in together[1:]]
            for thread in beside:
                thread.start()
            self._file(together[0])
            for thread in beside:
                thread.join()

    def _file(self, plan: Plan) -> None:
        with self._lock:
            seed = next(self._seeds)
        filed = FilingOwner(self._site, slug=SLUG, plan=plan, seed=seed).file()
        with self._lock:
            self.filed.append(filed)


def measure(folder: Path, sizes: Sizes) -> Section:
    """Kills, lets everybody finish, and looks at what is there.

    Where `folder/home` is there already, it is the data folder that is used.
    """
    folder.mkdir(exist_ok=True)
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
        "RECALLDESK_PROFILE": "test",
        "RECALLDESK_HOME": str(folder / "home"),
        "RECALLDESK_FREE_CHECKS": "1000000000",
        "RECALLDESK_FREE_PHOTOS": "1000000000",
    }
    environ.pop("DATABASE_URL", None)
    form = read_recall_file(recall_text()).products[0].serial.form
    serials = list(made_up_serials(form, sizes.claimed, seed=31, numbering=Numbering.RANDOM))
    write_serial_file(folder / "serials.csv.gz", sorted(serials))
    run_child(CHILD, "prepare", str(folder / "serials.csv.gz"), str(len(serials)), environ=environ)
    port = free_port()
    desk = KilledDesk(port, workers=WORKERS, environ=environ)
    crowd = Crowd(f"http://127.0.0.1:{port}", serials)
    with desk.running():
        crowd.start()
        crowd.wait_for_the_first()
        began = time.monotonic()
        desk.kill(sizes.kills, seed=32)
        seconds = time.monotonic() - began
        acknowledged = sum(bool(filed.reference) for filed in crowd.filed)
        crowd.end()
        told = _told(crowd.filed)
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
        seen = run_child(CHILD, "judge", str(folder / "told.json"), "0", environ=environ)
    return _section(desk, crowd, seen, seconds, acknowledged)


def _told(all_filed: list[Filed]) -> list[dict[str, object]]:
    return [
        {
            "key": filed.key,
            "reference": filed.reference,
            "email": filed.plan.email,
            "serials": filed.plan.serials,
        }
        for filed in all_filed
        if filed.reference
    ]


def _section(
    desk: KilledDesk, crowd: Crowd, seen: dict[str, object], seconds: float, acknowledged: int
) -> Section:
    section = Section(
        "Claims are filed while processes are killed",
        f"A made-up recall, served by `serve` with {WORKERS} web processes and its worker, and one "
        f"more `work` beside it; whatever ends is started again at once, `serve` too, which gives "
        f"up where the same web process dies twice in a few seconds. {OWNERS_AT_ONCE} owners at "
        "once go the whole way by the pages, without script: for one unit or three, with photos or "
        "without, two for the same unit at the same moment, one for the same unit twice, one whose "
        "serial cannot be read. An owner who gets an error or nothing tries again; forms that were "
        "taken are sent once more, and the last one by two tabs at once. Meanwhile a process drawn "
        "at random is killed with -9. Then nothing is killed any more, everybody finishes, and "
        "what was acknowledged is held against the tables, the log and the folder of mails.",
    )
    wrong = Counter(seen["wrong"])  # type: ignore[call-overload]
    filed = len([each for each in crowd.filed if each.reference])
    given_up = len(crowd.filed) - filed
    lost, doubled = wrong.pop("lost") + given_up, wrong.pop("doubled")
    kills = desk.kills
    section.add(
        "killed",
        f"{sum(kills.values())} in {seconds:.0f} s: {kills[WEB]} web, {kills[JOBS]} job processes; "
        f"`serve` started {desk.starts['serve']} times, the other worker {desk.starts['work']}",
    )
    section.add("filings acknowledged", f"{filed}, {acknowledged} of them while killing")
    section.judge("claims lost", f"{lost} of {seen['claims']}", "0", reached=lost == 0)
    section.judge("claims doubled", f"{doubled} of {seen['claims']}", "0", reached=doubled == 0)
    others = {kind: number for kind, number in wrong.items() if number} | (
        {"jobs left": seen["left"]} if seen["left"] else {}
    )
    said = ", ".join(f"{kind}: {number}" for kind, number in others.items()) or "0"
    section.judge("anything else out of order", said, "0", reached=not others)
    repeats = sum(each.repeats for each in crowd.filed)
    again = sum(each.sent_again for each in crowd.filed)
    section.add("pages asked for again, and forms sent again on purpose", f"{repeats}, {again}")
    refusals = Counter(said for each in crowd.filed for said in each.refusals)
    section.add("answers that were refusals", str(dict(refusals) or 0))
    section.add("letters, each in the folder once", f"{seen['letters']}")
    section.add("states of the claims", str(seen["states"]))
    section.add("jobs were all done after the last claim within", f"{seen['waited']:.0f} s")
    return section
