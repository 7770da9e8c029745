"""`python -m recalldesk.demo.orders FOLDER`: writes made-up order files with their truth."""

import argparse
from itertools import islice
from pathlib import Path

from recalldesk.demo.lists import form_of, made_up_lists
from recalldesk.demo.orders.writing import PEOPLE, SEED, write_order_files

FIRST, MOST = 1_000, 10_000
"""Which of the demo's affected serials owners register: those behind the ones that its tour files
claims for."""


def registered_serials(examples: Path) -> list[str]:
    """Serials that the demo's recall covers, also where it was made with 20,000 units."""
    listed = made_up_lists()[0]
    return list(islice(listed.serials(form_of(listed, examples)), FIRST, FIRST + MOST))


def main() -> None:
    """Writes them, and says what was written."""
    parser = argparse.ArgumentParser(prog="python -m recalldesk.demo.orders", description=__doc__)
    parser.add_argument("folder", type=Path, help="where they are written; made if need be")
    parser.add_argument("--seed", type=int, default=SEED, help="others come from another")
    parser.add_argument("--people", type=int, default=PEOPLE, help="who buy")
    parser.add_argument(
        "--examples", type=Path, default=Path("examples"), help="the folder of example recalls"
    )
    told = parser.parse_args()
    made = write_order_files(
        told.folder,
        seed=told.seed,
        people=told.people,
        serials=registered_serials(told.examples),
        with_faults=True,
    )
    for file in made.files:
        mapping = f", mapping {file.mapping.name}" if file.mapping else ""
        print(f"{file.path.name}: {file.kind} of {file.channel}{mapping}")
    units = sum(owner.units for owner in made.owners)
    having = sum(owner.units > 0 for owner in made.owners)
    print(f"truth.csv: {having} of {len(made.owners)} people have {units} affected units")


if __name__ == "__main__":
    main()
