"""The importer against a bare COPY, and the index's building: time as a ratio, memory as it is."""

import random
import statistics
from pathlib import Path

from benchmarks.child import run_child
from benchmarks.report import Section
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from tests.scopes import A1263

UNITS = 1_158_000
MANY = 10_000_000
ROUNDS = 3
REJECTED_SHARE = 0.001


def _write(folder: Path, count: int, numbering: Numbering) -> tuple[Path, Path]:
    """A file with a heading and some bad rows, and the same good rows bare."""
    given, bare = folder / f"{count}.csv", folder / f"{count}.bare"
    draw = random.Random(4)
    serials = made_up_serials(A1263, count, seed=10, numbering=numbering)
    with given.open("w") as file, bare.open("w") as rows:
        file.write("serial\n")
        for serial in serials:
            if draw.random() < REJECTED_SHARE:
                file.write(f"{serial[:9]}\n")
            else:
                file.write(f"{serial}\n")
                rows.write(f"{serial}\n")
    return given, bare


def measure(folder: Path) -> Section:
    """Everything about files that come in."""
    section = Section(
        "Serial files come in",
        f"{UNITS:,} rows, random numbering, one in a thousand rejected, into the keyed table; the "
        f"bare COPY writes the same good rows into the same table in the same run, {ROUNDS} "
        "alternating rounds, medians. Memory is the peak of the importing process.",
    )
    given, bare = _write(folder, UNITS, Numbering.RANDOM)
    copies, imports, peaks = [], [], []
    for _ in range(ROUNDS):
        copies.append(run_child("benchmarks.import_child", "copy", str(bare))["copy_seconds"])
        done = run_child("benchmarks.import_child", "import", str(given))
        imports.append(done["seconds"])
        peaks.append(done["mebibytes"])
        if done["accepted"] + done["rejected"] + 1 != done["lines"]:
            raise SystemExit("the importers' law does not hold in the benchmark")
    ratio = statistics.median(imports) / statistics.median(copies)
    rate = UNITS / statistics.median(imports)
    section.add("import, times a bare COPY", f"{ratio:.2f}", "at most 3", ratio <= 3)
    section.add("rows a second, validated", f"{rate:,.0f}")
    section.add("peak memory", f"{max(peaks):.0f} MiB", "under 600 MiB", max(peaks) < 600)
    built = run_child("benchmarks.import_child", "index", str(folder / "index"))
    section.add("index built", f"{built['seconds']:.0f} s")
    section.add(
        "peak memory of building it, random serials",
        f"{built['mebibytes']:.0f} MiB",
        "under 2 GiB",
        built["mebibytes"] < 2048,
    )
    for name, size in sorted(built["sizes"].items()):
        section.add(f"size of {name}", f"{size / 1e6:.0f} MB")
    _measure_many(section, folder)
    return section


def _measure_many(section: Section, folder: Path) -> None:
    given, bare = _write(folder, MANY, Numbering.MIXED)
    done = run_child("benchmarks.import_child", "import", str(given))
    peak = done["mebibytes"]
    section.add(f"{MANY:,} rows: peak memory", f"{peak:.0f} MiB", "under 2 GiB", peak < 2048)
    section.add(f"{MANY:,} rows: time", f"{done['seconds']:.0f} s")
    for path in (given, bare):
        path.unlink()
