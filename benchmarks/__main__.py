"""`make bench`: measures everything that is claimed and writes RESULTS.md.

`python -m benchmarks [--tiny | --write] [PART …]` measures some parts, or all on a hundred rows,
and writes nothing unless `--write` asks for it. What was measured is written part by part, so that
one that fails loses nothing of the others. The exit code is 1 where an aim was not reached or not
measured.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report
from benchmarks.sizes import FULL, TINY, Sizes

VAR = Path(__file__).resolve().parent.parent / "var"
PARTS = (
    "importing",
    "going-live",
    "page-audit",
    "pages",
    "lane",
    "guessers",
    "photos",
    "like-photos",
    "reading",
    "second-look",
    "marking",
    "submitting",
    "log",
    "year",
    "queue",
    "dashboards",
    "exports",
    "claim-keys",
    "placing",
    "takeover",
    "erasing",
    "feeds",
    "sites",
    "reach",
    "people",
    "order-files",
    "waves",
    "progress",
    "timing",
    "promise",
)
ALONE = frozenset({"year", "waves", "progress", "dashboards", "takeover", "erasing"})
"""They need a database without anybody else's claims or staff: named alone, they run."""
Measure = Callable[[], list[report.Section]]


def set_up(folder: Path) -> None:
    """A data folder and a database of their own: nothing that is there is touched."""
    import django

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
        "RECALLDESK_PROFILE": "test",
        "RECALLDESK_HOME": str(folder / "home"),
    }
    os.environ.pop("DATABASE_URL", None)
    django.setup()


def measures(folder: Path, sizes: Sizes) -> dict[str, Measure]:
    """What each part measures."""
    return _of_checks(folder, sizes) | _of_photos(folder, sizes) | _of_claims(folder, sizes)


def _of_checks(folder: Path, sizes: Sizes) -> dict[str, Measure]:
    """Serials, verdicts and pages. Here as below: imported only once Django is set up."""
    from benchmarks import (
        feeds,
        going_live,
        growth,
        importing,
        lane,
        out_of_reach,
        owners_and_guessers,
        page_audit,
        page_rate,
        page_weight,
        promise,
        second_look,
        timing,
    )
    from benchmarks.desk import served
    from benchmarks.worlds import all_worlds

    def promise_and_reach() -> list[report.Section]:
        worlds = all_worlds(folder / "worlds", sizes)
        return [
            promise.measure_errors(worlds, sizes),
            out_of_reach.measure_out_of_reach(worlds, sizes),
        ]

    def audit() -> list[report.Section]:
        with served(folder / "page-audit") as server:
            port = server.port
            return [page_weight.measure(port), page_audit.measure(port, sizes.audits)]

    def pages() -> list[report.Section]:
        with served(folder / "pages") as server:
            return [page_rate.measure(server, folder / "proxy", sizes)]

    return {
        "importing": lambda: [importing.measure(folder, sizes)],
        "going-live": lambda: [going_live.measure(folder / "going-live", sizes)],
        "page-audit": audit,
        "pages": pages,
        "lane": lambda: [
            lane.measure_lane(lane.published_home(folder, sizes.units), sizes),
            growth.measure(folder / "growth", sizes),
        ],
        "guessers": lambda: [owners_and_guessers.measure(folder / "halves", sizes)],
        "second-look": lambda: [second_look.measure(folder / "second-look", sizes)],
        "feeds": lambda: [feeds.measure(folder / "feeds", sizes)],
        "timing": lambda: [timing.measure(folder / "lists", sizes)],
        "promise": promise_and_reach,
    }


def _of_photos(folder: Path, sizes: Sizes) -> dict[str, Measure]:
    from benchmarks import like_photos, marking, photos, reading

    return {
        "photos": lambda: [photos.measure(folder / "photos", sizes)],
        "like-photos": lambda: [like_photos.measure(sizes)],
        "reading": lambda: [reading.measure(folder / "reading", sizes)],
        "marking": lambda: [marking.measure(folder / "marking", sizes)],
    }


def _of_claims(folder: Path, sizes: Sizes) -> dict[str, Measure]:
    from benchmarks import (
        claim_keys,
        dashboards,
        erasing,
        exports,
        log_sealing,
        order_files,
        placing,
        progress,
        queue,
        reach,
        sites,
        submitting,
        takeover,
        waves,
    )
    from benchmarks.same_person import measuring as people
    from benchmarks.year import measured as year

    return {
        "submitting": lambda: [submitting.measure(folder / "submitting", sizes)],
        "log": lambda: [log_sealing.measure(sizes)],
        "year": lambda: [year.measure(folder / "year", sizes, VAR / "year-photos")],
        "queue": lambda: [queue.measure(folder / "queue", sizes)],
        "dashboards": lambda: [dashboards.measure(folder / "dashboards", sizes)],
        "exports": lambda: [exports.measure(folder / "queue", sizes)],
        "claim-keys": lambda: [claim_keys.measure(sizes)],
        "reach": lambda: [reach.measure(folder / "reach", sizes)],
        "takeover": lambda: [takeover.measure(folder / "takeover", sizes)],
        "erasing": lambda: [erasing.measure(folder / "erasing", sizes)],
        "placing": lambda: [placing.measure(folder / "placing", sizes)],
        "sites": lambda: [sites.measure(folder / "sites", sizes)],
        "people": lambda: [people.measure(folder / "people", sizes)],
        "order-files": lambda: [order_files.measure(folder / "order-files", sizes)],
        "progress": lambda: [progress.measure(folder / "progress", sizes)],
        "waves": lambda: [waves.measure(folder / "waves", sizes)],
    }


def main(chosen: list[str], *, tiny: bool, write: bool) -> int:
    """Measures all, or the parts named."""
    sections: list[report.Section] = []
    VAR.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=VAR) as name:
        folder = Path(name)
        set_up(folder)
        for part, measure in measures(folder, TINY if tiny else FULL).items():
            if chosen and part not in chosen:
                continue
            if part in ALONE and chosen != [part]:
                print(f"{part}: left out; `python -m benchmarks --write {part}` runs it alone")
                continue
            print(f"{part} …", flush=True)
            since = time.monotonic()
            measured = measure()
            sections += measured
            if write and not tiny:
                report.write(measured)
            print(f"{part}: {time.monotonic() - since:.0f} s", flush=True)
    if tiny:
        return 0
    missed = report.missed(sections)
    for figure in missed:
        print(f"not reached: {figure.what}: {figure.measured}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--tiny", action="store_true", help="only see that every part runs")
    parser.add_argument("--write", action="store_true", help="put the parts named into RESULTS.md")
    words = parser.parse_args()
    if unknown := set(words.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    sys.exit(main(words.parts, tiny=words.tiny, write=words.write or not words.parts))
