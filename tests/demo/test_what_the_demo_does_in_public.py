"""The demo's firm does something in public, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.demo.publicity import do_in_public
from recalldesk.foundation import clock
from recalldesk.publicity.models import AuctionCheck, HitsFile, SocialReading
from recalldesk.publicity.reads import hits_of
from tests.cast import Desk

pytestmark = pytest.mark.django_db


def test_it_comes_in_once_and_its_log_names_nobody(kettles: Desk, tmp_path: Path) -> None:
    recall, by = kettles.published().recall, kettles.cast.author
    today = clock.now().date()
    assert do_in_public(recall.slug, folder=tmp_path, by=by)
    assert not do_in_public(recall.slug, folder=tmp_path, by=by)
    (log,) = HitsFile.objects.all()
    assert (log.rejected, log.duplicate, log.robots) == (0, 0, log.others)
    assert hits_of(recall, today - timedelta(days=8), today).count == log.accepted > 1_000
    assert (AuctionCheck.objects.count(), SocialReading.objects.count()) == (2, 3)
    assert not do_in_public("no-such-recall", folder=tmp_path, by=by)
