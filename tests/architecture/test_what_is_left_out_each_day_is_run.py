"""What the run of each day leaves out is run by `make check-all`."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEAVES_OUT = re.compile(
    r"RECALLDESK_ALL_PAGES|import now_and_then|import some_conditions|= one_look\("
)


def test_each_file_that_leaves_something_out_is_among_those_of_check_all() -> None:
    recipe = re.search(r"^check-all:.*\n(?:\t.*\n)+", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    run = tuple(each + "/" for each in recipe.group().split() if each.startswith("tests/"))
    files = [str(path.relative_to(ROOT)) for path in ROOT.glob("tests/*/**/test_*.py")]
    leave_out = [each for each in files if LEAVES_OUT.search((ROOT / each).read_text("utf-8"))]
    own = str(Path(__file__).relative_to(ROOT))
    assert len(leave_out) > 20
    assert [each for each in leave_out if not each.startswith(run) and each != own] == []
