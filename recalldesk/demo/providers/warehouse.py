"""A made-up warehouse: it packs what pick lists say, and writes tracking numbers.

`python -m recalldesk.demo.providers.warehouse FOLDER --ledger FILE`
"""

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.providers.papers import Line, Trays, draws, work_through

PAUSE = 0.2
HEADINGS = ("Line", "Status", "Carrier", "Tracking", "Serial", "Batch", "Shipped at")


@dataclass(frozen=True)
class Warehouse:
    """`returned`: the share of parcels that come back."""

    trays: Trays
    ledger: Path
    seed: int = 0
    returned: float = 0.0

    def work(self) -> int:
        """Packs what lies in the tray; how many lists."""
        return work_through(self.trays, self.ledger, "parcel", picked, self._tracking)

    def _tracking(self, path: Path, folder: Path) -> Path:
        told = folder / f"tracking-{path.stem}.csv"
        with told.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(HEADINGS)
            for mark, _ in picked(path):
                number = mark.replace("-", "")
                is_back = draws(mark, self.seed, self.returned)
                status = "returned" if is_back else "delivered"
                day = time.strftime("%Y-%m-%d", time.gmtime())
                serial = f"NK{number}"
                rows.writerow((mark, status, "Made-up Post", f"MU{number}", serial, "LOT-7", day))
        return told


def picked(path: Path) -> Iterator[Line]:
    """The lines of a pick list."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["Line"], ""


def main() -> None:
    """Works until it is ended, or once."""
    parser = argparse.ArgumentParser(prog="python -m recalldesk.demo.providers.warehouse")
    parser.add_argument("folder", type=Path, help="Its trays: incoming, done, outgoing.")
    parser.add_argument("--ledger", type=Path, required=True, help="Its parcels, a line each.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--returned", type=float, default=0.0, help="The share that comes back.")
    parser.add_argument("--once", action="store_true", help="Ends when the tray is empty.")
    given = parser.parse_args()
    warehouse = Warehouse(Trays.below(given.folder), given.ledger, given.seed, given.returned)
    print("made-up warehouse works", flush=True)
    while warehouse.work() or not given.once:
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
