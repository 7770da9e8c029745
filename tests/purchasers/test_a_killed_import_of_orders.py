"""An import that is killed leaves nothing behind; run again it gives the right result."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from recalldesk.purchasers.models import OrderFile, OrderReject, Person, Purchase, Purchaser
from tests.cast import Desk
from tests.purchasers.shops import Shops, Sold, figures, text_with_numbers

ROWS = 2_000
PROGRAM = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.HOME = Path(sys.argv[5])
settings.PHOTOS_FOLDER = settings.HOME / "photos"
settings.STORAGES["photos"] = {
    "BACKEND": "recalldesk.evidence.private_folder.PrivateFolder",
    "OPTIONS": {"location": settings.PHOTOS_FOLDER},
}
from recalldesk.accounts.models import Staff
from recalldesk.purchasers.importing import staging
from recalldesk.purchasers.importing.run import import_orders
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall

keep = staging.Staging.keep

def wait_to_be_killed(self, **more):
    stored = keep(self, **more)
    Path(sys.argv[4]).touch()
    time.sleep(60)
    return stored

staging.Staging.keep = wait_to_be_killed
import_orders(
    recall=Recall.objects.get(), path=Path(sys.argv[2]), channel=Channel.GENERIC,
    mapping=Path(sys.argv[3]), by=Staff.objects.get(email="author@desk.example"),
)
"""


@pytest.mark.django_db(transaction=True)
def test_kill_it_when_all_is_stored_and_run_it_again(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    shops = Shops(kettles.recall(), kettles.cast.author, kettles.folder)
    rows = [Sold(f"{number}", customer=f"Ana Example {number + ROWS}") for number in range(ROWS)]
    path, stored = shops.own(*rows, more="1,too,few\n"), kettles.folder / "stored"
    program = subprocess.Popen(
        [
            *(sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"]),
            *(path, shops.mapping(), stored, kettles.folder / "home"),
        ],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    while not stored.exists():
        assert program.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    for model in (OrderFile, OrderReject, Purchase, Purchaser, Person):
        assert not model.objects.exists()
    taken = shops.take(path)
    assert figures(taken.counts) == (ROWS + 2, 1, ROWS, 1, 0, 0, 0)
    assert (Purchase.objects.count(), Purchaser.objects.count()) == (ROWS, ROWS)
