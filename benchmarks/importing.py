"""The importer against a bare COPY, and the index's building: time as a ratio, memory as it is."""

import random
import statistics
from pathlib import Path

from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from tests.scopes import A1263

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


def measure(folder: Path, sizes: Sizes) -> Section:
    """Everything about files that come in."""
    section = Section(
        "Serial files come in",
        f"{sizes.units:,} rows, random numbering, one in a thousand rejected, into the keyed "
        "table. A bare COPY writes the same good rows into the same table, with nothing looked "
        f"at: {sizes.rounds} rounds, in each first the COPY, then the import, each into a fresh "
        "list after a checkpoint, in a process of its own; the ratio is of the medians. The "
        "embedded server runs without fsync, for both alike. Memory is the peak of the process, "
        "PostgreSQL's not counted.",
    )
    given, bare = _write(folder, sizes.units, Numbering.RANDOM)
    copies, imports, peaks = [], [], []
    for _ in range(sizes.rounds):
        copies.append(run_child("benchmarks.import_child", "copy", str(bare))["copy_seconds"])
        done = run_child("benchmarks.import_child", "import", str(given))
        imports.append(done["seconds"])
        peaks.append(done["mebibytes"])
        if done["accepted"] + done["rejected"] + 1 != done["lines"]:
            raise SystemExit("the importers' law does not hold in the benchmark")
    ratio = statistics.median(imports) / statistics.median(copies)
    rate = sizes.units / statistics.median(imports)
    section.judge("import, times a bare COPY", f"{ratio:.2f}", "at most 3", reached=ratio <= 3)
    section.add("rows a second, validated", f"{rate:,.0f}")
    _judge_memory(section, "peak memory", max(peaks), "under 600 MiB", 600)
    _measure_index(section, folder)
    _measure_many(section, folder, sizes)
    return section


def _judge_memory(section: Section, what: str, peak: float, aim: str, limit: float) -> None:
    section.judge(what, f"{peak:.0f} MiB", aim, reached=peak < limit)


def _measure_index(section: Section, folder: Path) -> None:
    """The index over the list imported last."""
    built = run_child("benchmarks.import_child", "index", str(folder / "index"))
    section.add("index built, reach rule included", f"{built['seconds']:.0f} s")
    what = "peak memory of building it, random serials"
    _judge_memory(section, what, built["mebibytes"], "under 2 GiB", 2048)
    for name, size in sorted(built["sizes"].items()):
        section.add(f"size of {name}", f"{size / 1e6:.0f} MB")


def _measure_many(section: Section, folder: Path, sizes: Sizes) -> None:
    given, _ = _write(folder, sizes.many, Numbering.MIXED)
    done = run_child("benchmarks.import_child", "import", str(given))
    many = f"{sizes.many:,} rows"
    _judge_memory(section, f"{many}: peak memory", done["mebibytes"], "under 2 GiB", 2048)
    section.add(f"{many}: time", f"{done['seconds']:.0f} s")
