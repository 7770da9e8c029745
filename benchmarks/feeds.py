"""Recalls elsewhere: a feed read, searched by model, and held at hand beside answers."""

import json
from pathlib import Path
from typing import Any

from benchmarks import feeds_made
from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes

CHILD = "benchmarks.feeds_child"
TIMES_SMALLER = 100


def measure(folder: Path, sizes: Sizes) -> Section:
    """A small feed first, then the large one beside it: searches are compared between the two."""
    folder.mkdir(parents=True)
    small = max(sizes.feed // TIMES_SMALLER, 2)
    section = Section(
        "Recalls elsewhere",
        f"A feed of {sizes.feed:,} made-up recalls in the CPSC's form, after one of {small:,}, "
        "each read by a process of its own; every recall names 0 to 5 models in prose among dates, "
        "prices, phone numbers, bar and batch codes. The bare reading takes the same file as JSON "
        "at once. Searched are 1,000 models that are there, in small letters and without dashes; "
        "the ratio is of the medians. How often the rule is right says little of real notices: "
        "their wordings are those of the generator. Memory is the peak of the process, "
        "PostgreSQL's not counted.",
    )
    _, _, few = _world(folder, range(10_001, 10_001 + small), seed=1)
    path, done, many = _world(folder, range(20_001, 20_001 + sizes.feed), seed=2)
    bare = run_child(CHILD, "bare", str(path))
    section.add("size of the file", f"{path.stat().st_size / 1e6:.0f} MB")
    section.add("read and kept in", f"{done['seconds']:.1f} s")
    section.add("times reading the bare JSON", f"{done['seconds'] / bare['seconds']:.0f}")
    peak = done["mebibytes"]
    section.judge("peak memory", f"{peak:.0f} MiB", "under 300 MiB", reached=peak < 300)
    section.add("of it, before anything was read", f"{done['before']:.0f} MiB")
    section.add("peak memory of reading the bare JSON", f"{bare['mebibytes']:.0f} MiB")
    _judge_searches(section, few, many)
    hand = run_child(CHILD, "at-hand", str(path.with_suffix(".named")))
    section.add("held at hand in each web process", f"{hand['held']:.0f} MiB")
    section.add("loaded, after a feed was read", f"{hand['loaded']:.1f} s")
    section.add("a look beside an answer", f"{hand['look'] * 1e6:.1f} µs")
    return section


def _world(
    folder: Path, numbers: range, *, seed: int
) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    """A feed, what reading it took, and what searching it then took."""
    path = folder / f"{len(numbers)}.json"
    named = feeds_made.write(path, numbers, seed=seed)
    path.with_suffix(".named").write_text(json.dumps(named))
    done = run_child(CHILD, "import", str(path))
    if not len(numbers) == done["entries"] == done["accepted"]:
        raise SystemExit("not every made-up entry was taken in the benchmark")
    return path, done, run_child(CHILD, "search", str(path.with_suffix(".named")))


def _judge_searches(section: Section, few: dict[str, Any], many: dict[str, Any]) -> None:
    ratio = many["median"] / few["median"]
    section.judge(
        f"a search, times one among {TIMES_SMALLER} times fewer",
        f"{ratio:.2f}",
        "at most 3",
        reached=ratio <= 3,
    )
    section.add("a search, median", f"{many['median'] * 1e3:.1f} ms")
    section.add("a search, slowest", f"{many['slowest'] * 1e3:.0f} ms")
    section.judge(
        "models that were named and not found",
        f"{many['lost']} of {many['asked']:,}",
        "0",
        reached=not many["lost"],
    )
    section.add("found, of the models named", f"{many['right'] / max(many['true'], 1):.1%}")
    section.add("named, of the numbers found", f"{many['right'] / max(many['found'], 1):.1%}")
