"""Order files as shops sent them leave with an export where they are asked for, and only as long as
they are kept."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.purchasers.forgetting import erase_old_files
from recalldesk.purchasers.models import OrderFile
from recalldesk.takeover.leaving.leaving import leave
from recalldesk.takeover.leaving.wanted import Wanted
from tests.cast import Desk
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db


def test_an_order_file_leaves_as_it_came_where_it_is_asked_for(
    desk: Desk, shops: Shops, photos_folder: Path, tmp_path: Path
) -> None:
    path = shops.own(Sold())
    content = path.read_bytes()
    shops.take(path)
    file = OrderFile.objects.get()
    asked: dict[str, Any] = {
        "recall": shops.recall,
        "by": desk.cast.administrator,
        "reason": "Made up.",
    }
    leave(to=tmp_path / "without", **asked)
    assert not (tmp_path / "without/originals").exists()
    leave(to=tmp_path / "with", wanted=Wanted(originals=True), **asked)
    (original,) = (tmp_path / "with/originals").iterdir()
    assert original.name.startswith(f"orders-{file.pk}")
    assert original.read_bytes() == content
    assert original.stat().st_mode & 0o077 == 0
    with time_machine.travel(clock.now() + timedelta(days=4_000), tick=False):
        assert erase_old_files() == 1
        leave(to=tmp_path / "later", wanted=Wanted(originals=True), **asked)
    assert not (tmp_path / "later/originals").exists()
