"""A restore that is killed with -9, wherever it is, is served by nobody and is done by running it
again: nothing of it is there twice.
"""

import json
import os
from collections.abc import Iterator

import pytest

from tests.now_and_then import now_and_then
from tests.operating.installed import Installed
from tests.operating.test_a_restore import OLGA, PAVEL
from tests.programs import data_folder

pytestmark = now_and_then

RESTORING = "recalldesk.operating.restoring.restoring"
AFTERWARDS = "recalldesk.operating.restoring.afterwards"
STEPS = (
    (RESTORING, "_put_database_back"),  # files are back, and no database
    ("recalldesk.postgres.recovery", "_replay"),  # the database's files are there, not replayed
    ("recalldesk.postgres.postmaster", "stop"),  # replayed, and its server runs on without us
    (RESTORING, "update_tables"),
    (AFTERWARDS, "erase_again"),  # held, and who was erased is not yet erased again
    (AFTERWARDS, "make_head"),
)
USUAL = ("_replay",)
"""The run of each day tries this, `make check-all` all."""
TRIED = [each for each in STEPS if os.environ.get("RECALLDESK_ALL_PAGES") or each[1] in USUAL]


@pytest.fixture(scope="module")
def lost() -> Iterator[Installed]:
    """An installation that was backed up, and went on; then its disk was lost."""
    with data_folder() as home:
        installed = Installed(home).prepared()
        installed.filled("fill")
        installed.runs("backup", str(installed.backups))
        installed.filled("later")
        yield installed


@pytest.mark.parametrize(("module", "name"), TRIED, ids=[name for _, name in TRIED])
def test_killed_at_any_step_it_is_run_again_and_all_is_there_once(
    lost: Installed, module: str, name: str
) -> None:
    new = lost.moved(f"killed-{name.strip('_')}")
    new.is_killed_restoring(module, name)
    assert "was broken off" in new.runs("work", code=1)
    new.is_killed_restoring(module, name)
    new.runs("restore", str(lost.backups))
    after = new.filled("show")
    assert after["owners"] == [OLGA, "", PAVEL]
    assert len(after["photos"]) == 2
    assert after["held"]
    verified = json.loads(new.runs("audit", "verify", "--json"))
    assert verified["whole"]
    assert len(verified["restores"]) == 1
    assert "Ordering goes on." in new.runs("remedies", "reconcile")
