"""What a former system called paid leaves as what may be sent; what was taken back, as nothing."""

import csv
from pathlib import Path

from recalldesk.takeover.leaving.leaving import leave
from tests.cast import Desk
from tests.takeover.former import claim, kettles, paid, taken, write


def left(desk: Desk, to: Path) -> list[tuple[str, str]]:
    leave(recall=desk.recall(), to=to, by=desk.cast.administrator, reason="We go elsewhere.")
    with (to / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["state"], row["remedy_state"]) for row in csv.DictReader(file)]


def test_what_was_called_paid_by_nothing_does_not_leave_as_owed(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", claim(1), claim(2, state="approved"))
    taken(desk, folder)
    assert left(desk, tmp_path / "left") == [("approved", "unknown"), ("approved", "waiting")]


def test_what_was_taken_back_before_it_was_ordered_leaves_as_nothing(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", paid(2, serial=kettles()[1]))
    taken(desk, folder)
    assert left(desk, tmp_path / "left") == [("in_review", ""), ("settled", "delivered")]
