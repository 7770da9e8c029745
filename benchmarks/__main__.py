"""`make bench`: measures everything that is claimed and writes RESULTS.md."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")

from benchmarks import importing, owners_and_guessers, page_weight, promise, report
from benchmarks.worlds import all_worlds


def main(chosen: list[str]) -> int:
    """Measures all, or the parts named."""
    sections: list[report.Section] = []
    with TemporaryDirectory(prefix="recalldesk-bench-") as name:
        folder = Path(name)
        parts: dict[str, Callable[[], list[report.Section]]] = {
            "importing": lambda: [importing.measure(folder)],
            "pages": lambda: [page_weight.measure()],
            "guessers": lambda: [owners_and_guessers.measure(folder)],
            "promise": lambda: _promise(folder),
        }
        for part, measure in parts.items():
            if chosen and part not in chosen:
                continue
            print(f"{part} …", flush=True)
            sections += measure()
    if chosen:
        return 0
    return 0 if report.write(sections) else 1


def _promise(folder: Path) -> list[report.Section]:
    worlds = all_worlds(folder)
    return [promise.measure_errors(worlds), promise.measure_false_alarms(worlds)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
