"""Order files of four shops: what reading and matching takes, against a bare scan by DuckDB."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import order_files_made as made
from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes

CHILD = "benchmarks.order_files_child"
AT_MOST = {"amazon": 4, "ebay": 10, "newegg": 10, "shopify": 10}
FORMS = {
    "amazon": "tab-separated",
    "ebay": "every field quoted",
    "newegg": "quoted where need be",
    "shopify": "quoted where need be, with line ends in cells",
}
MOST_MEBIBYTES = 3 * 1024
LINEAR = 1.25
"""Times the processor time of a line that a line of ten times as many may take."""


@dataclass(frozen=True)
class _Taken:
    """What a file took."""

    lines: int
    gigabytes: float
    processor: float
    bare: float
    mebibytes: float


def measure(folder: Path, sizes: Sizes) -> Section:
    """Each shop's file in turn, a tenth and whole, each written, measured and deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    each = sizes.order_lines // len(made.SHOPS)
    section = Section(
        "Order files come in",
        f"{sizes.order_lines:,} made-up lines, a quarter of each shop, one in a thousand of the"
        " power bank of examples/anker-a1263, which is looked for by its ten identifiers and all"
        " its names; and a tenth of it. Read by the importers' law (independent count, every line"
        " judged, lines that stand twice found), matched by DuckDB, each wanted line strong;"
        " against DuckDB alone, which reads the same file with `read_csv` as text and gives back"
        " the rows of two numbers. Processor time of all threads, each in a process of its own,"
        " with its start; the peak of the process's memory.",
    )
    peak = 0.0
    for shop in made.SHOPS:
        tenth = _taken(folder, shop, each // 10)
        whole = _taken(folder, shop, each)
        peak = max(peak, whole.mebibytes)
        _tell(section, shop, tenth, whole)
    section.judge("peak memory", f"{peak:,.0f} MiB", "under 3 GiB", reached=peak < MOST_MEBIBYTES)
    return section


def _taken(folder: Path, shop: str, lines: int) -> _Taken:
    path = folder / shop
    wanted = made.write(path, shop, lines)
    try:
        bare = run_child(CHILD, "bare", shop, str(path))
        read = run_child(CHILD, "read", shop, str(path))
        _refuse_wrong(shop, read, bare, wanted)
        return _Taken(
            read["lines"],
            path.stat().st_size / 1e9,
            read["processor"],
            bare["processor"],
            read["mebibytes"],
        )
    finally:
        path.unlink()


def _refuse_wrong(shop: str, read: dict[str, Any], bare: dict[str, Any], wanted: int) -> None:
    """A figure counts only where nothing was lost."""
    if not read["lines"] == read["accounted"] or read["rejected"] or read["duplicate"]:
        raise SystemExit(f"{shop}: the importers' law does not hold in the benchmark: {read}")
    if not read["matched"] == bare["matched"] == wanted:
        raise SystemExit(f"{shop}: {wanted} wanted rows, {read['matched']} and {bare['matched']}")
    if shop != "amazon" and read["named"] != wanted:
        raise SystemExit(f"{shop}: a buyer is missing")


def _tell(section: Section, shop: str, tenth: _Taken, whole: _Taken) -> None:
    ratio, most = whole.processor / whole.bare, AT_MOST[shop]
    section.judge(
        f"{shop} ({FORMS[shop]}): times a bare scan and filter",
        f"{ratio:.1f} ({whole.processor:.0f} s of processor time for {whole.lines:,} lines,"
        f" {whole.gigabytes:.1f} GB)",
        f"at most {most}",
        reached=ratio <= most,
    )
    growth = (whole.processor / whole.lines) / (tenth.processor / tenth.lines)
    section.judge(
        f"{shop}: a line's time among ten times as many lines",
        f"{growth:.2f} times",
        f"at most {LINEAR} times",
        reached=growth <= LINEAR,
    )
