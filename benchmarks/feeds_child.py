"""A process that reads a feed, or its bare JSON, or searches what was read."""

import json
import random
import statistics
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from benchmarks.child import Measured
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.elsewhere.actions import take_feed
from recalldesk.elsewhere.at_hand import others_at_hand
from recalldesk.elsewhere.models import OutsideModel
from recalldesk.elsewhere.numbers import key_of
from recalldesk.elsewhere.reads import search

LOOKS = 20_000
"""Looks into what is at hand, for one time of them all."""


def _import(path: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    person, _ = Staff.objects.get_or_create(
        email="bench@demo.example", defaults={"name": "Bench", "role": Role.RECALL_MANAGER}
    )
    before, measured = _resident(), Measured()
    file = take_feed(path, came_from="made up", by=person).file
    measured.tell(entries=file.entries, accepted=file.accepted, before=before)


def _bare(path: Path) -> None:
    """The same file, only read as JSON, all at once."""
    measured = Measured()
    measured.tell(entries=len(json.loads(path.read_bytes())))


def _search(named_path: Path) -> None:
    """Searches models that are there, and some that are not, in a drawn order."""
    named = {int(number): models for number, models in json.loads(named_path.read_text()).items()}
    draw = random.Random(31)
    known = [(number, model) for number, models in named.items() for model in models]
    asked = draw.sample(known, min(len(known), 1_000))
    times, lost = [], 0
    search("warm up")
    for number, model in asked:
        began = time.perf_counter()
        found = search(model.lower().replace("-", " "))
        times.append(time.perf_counter() - began)
        lost += all(int(each.recall.number) != number for each in found)
    true = {(number, key_of(model)) for number, model in known}
    numbers = [f"{number:05}" for number in named]
    rows = OutsideModel.objects.exclude(found="upc").filter(recall__number__in=numbers)
    found_rows = {(int(n), key) for n, key in rows.values_list("recall__number", "key")}
    Measured().tell(
        asked=len(asked),
        lost=lost,
        median=statistics.median(times),
        slowest=max(times),
        true=len(true),
        found=len(found_rows),
        right=len(true & found_rows),
    )


def _at_hand(named_path: Path) -> None:
    """What a web process holds: how long loading it takes, how much it is, and a look into it."""
    models = [m for listed in json.loads(named_path.read_text()).values() for m in listed]
    search("warm up")
    before = _resident()
    began = time.perf_counter()
    others_at_hand(models[:1])
    loaded = time.perf_counter() - began
    held = _resident() - before
    asked = random.Random(5).choices([*models, "no model at all"], k=LOOKS)
    began = time.perf_counter()
    for model in asked:
        others_at_hand((model,))
    look = (time.perf_counter() - began) / LOOKS
    Measured().tell(loaded=loaded, held=held, look=look)


def _resident() -> float:
    """Mebibytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


if __name__ == "__main__":
    {"import": _import, "bare": _bare, "search": _search, "at-hand": _at_hand}[sys.argv[1]](
        Path(sys.argv[2])
    )
