"""An import that is killed leaves nothing behind; run again it gives the right result."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from recalldesk.units.models import SerialImport, SerialReject
from tests.units.desk import Desk, make_desk, tally
from tests.units.parquet import parquet

ROWS = 400_000
PROGRAM = """
import os, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from recalldesk.accounts.models import Staff
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.importing.run import Counting, import_serials
from recalldesk.units.models import SerialList
from tests.units.desk import FORM

def wait_to_be_killed(progress):
    if progress.rows > 250_000:
        Path(sys.argv[3]).touch()
        import time
        time.sleep(60)

import_serials(
    version=RecallVersion.objects.get(), serial_list=SerialList.objects.get(), form=FORM,
    counting=Counting.DIGITS, path=Path(sys.argv[2]), by=Staff.objects.first(),
    progress=wait_to_be_killed,
)
"""


def text_file(desk: Desk) -> Path:
    lines = [f"AB{number:08d}" for number in range(ROWS)]
    lines[5:5] = ["AB00000001", "not!a!serial", ""]
    return desk.file("serial\n" + "\n".join(lines) + "\n")


def parquet_file(desk: Desk) -> Path:
    wrong = "SELECT unnest(['AB00000001', 'not!a!serial', ''])"
    serials = f"SELECT 'AB' || lpad(i::varchar, 8, '0') AS serial FROM range({ROWS}) AS t(i)"
    return parquet(desk.folder / "serials.parquet", f"{serials} UNION ALL {wrong}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("made", "heading"), [(text_file, 1), (parquet_file, 0)])
def test_kill_it_midway_and_run_it_again(
    tmp_path: Path, made: Callable[[Desk], Path], heading: int
) -> None:
    desk: Desk = make_desk(tmp_path)
    path = made(desk)
    halfway = tmp_path / "halfway"
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"], path, halfway],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    while not halfway.exists():
        assert program.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert not SerialImport.objects.exists()
    assert not SerialReject.objects.exists()
    assert desk.serials() == set()
    assert tally(desk.take(path)) == (ROWS + 3 + heading, heading, ROWS, 1, 1, 1)
    assert len(desk.serials()) == ROWS
