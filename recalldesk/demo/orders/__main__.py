"""`python -m recalldesk.demo.orders FOLDER`: writes made-up order files with their truth."""

import argparse
from pathlib import Path

from recalldesk.demo.orders.writing import PEOPLE, SEED, write_order_files


def main() -> None:
    """Writes them, and says what was written."""
    parser = argparse.ArgumentParser(prog="python -m recalldesk.demo.orders", description=__doc__)
    parser.add_argument("folder", type=Path, help="where they are written; made if need be")
    parser.add_argument("--seed", type=int, default=SEED, help="others come from another")
    parser.add_argument("--people", type=int, default=PEOPLE, help="who buy")
    told = parser.parse_args()
    made = write_order_files(told.folder, seed=told.seed, people=told.people, with_faults=True)
    for file in made.files:
        mapping = f", mapping {file.mapping.name}" if file.mapping else ""
        print(f"{file.path.name}: {file.kind} of {file.channel}{mapping}")
    units = sum(owner.units for owner in made.owners)
    having = sum(owner.units > 0 for owner in made.owners)
    print(f"truth.csv: {having} of {len(made.owners)} people have {units} affected units")


if __name__ == "__main__":
    main()
