"""Who changes a draft while it is being approved waits, then writes the next one."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from recalldesk.pictures.actions import PictureFile, take_pictures
from recalldesk.recalls.actions import apply_recall_file, approve_version
from recalldesk.recalls.keeping import keep_text, written_file
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.states import VersionState
from tests.cast import SLUG, Desk, recall_text
from tests.made_pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0
A_WHILE = 1.0


def _apply(desk: Desk) -> None:
    apply_recall_file(text=recall_text(units=6), by=desk.cast.author)


def _keep(desk: Desk) -> None:
    file = written_file(SLUG)
    assert file is not None
    keep_text(slug=SLUG, text=recall_text(units=6), seen=file.digest, by=desk.cast.author)


def _picture(desk: Desk) -> None:
    new = PictureFile("k20-front.jpg", lambda: picture(colour="#123456"))
    take_pictures(recall=Recall.objects.get(), files=[new], by=desk.cast.author)


@pytest.mark.parametrize("change", [_apply, _keep, _picture])
def test_it_becomes_the_next_draft(kettles: Desk, change: Callable[[Desk], None]) -> None:
    version = kettles.apply()
    errors: list[Exception] = []

    def beside() -> None:
        try:
            change(kettles)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    changing = threading.Thread(target=beside, daemon=True)
    with transaction.atomic():
        approve_version(version=version, by=kettles.cast.approver)
        changing.start()
        changing.join(A_WHILE)
        assert changing.is_alive()
    changing.join(SECONDS)
    assert errors == []
    states = RecallVersion.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, VersionState.APPROVED), (2, VersionState.DRAFT)]
