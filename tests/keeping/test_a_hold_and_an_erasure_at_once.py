"""A hold is placed before an erasure or after it, never beside it, on two connections."""

import threading
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from recalldesk.claims import erasing
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing, Pass
from recalldesk.claims.states import FilingState
from recalldesk.keeping.standing_still import lock_holding
from recalldesk.keeping.states import Thing
from tests.cast import Desk
from tests.claims.conftest import photos_at
from tests.claims.owner import OLGA, again, fresh_pass, text_with_all_remedies
from tests.claims.test_at_the_same_moment import Beside, Halted
from tests.keeping.kept import held, mona

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20


@pytest.fixture
def passed(settings: Settings, tmp_path: Path, kettles: Desk) -> Pass:
    settings.PHOTOS_FOLDER = tmp_path / "photos"
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    mona()
    return fresh_pass(filing)


def test_a_hold_waits_for_an_erasure_that_has_begun(
    passed: Pass, monkeypatch: pytest.MonkeyPatch
) -> None:
    halted = Halted(monkeypatch, erasing, "is_kept")
    erasure = halted.run(partial(erase_filing, opened=passed))
    hold = Beside(partial(held, Thing.FILING, passed.filing_id))
    hold.join(0.5)
    assert hold.is_alive()
    halted.go_on()
    assert (erasure.ended(), hold.ended()) == (None, None)
    assert Filing.objects.get().state == FilingState.ERASED


def test_an_erasure_waits_for_a_hold_that_is_being_placed_and_sees_it(passed: Pass) -> None:
    placing, go_on = threading.Event(), threading.Event()

    def place() -> None:
        with transaction.atomic():
            lock_holding()
            placing.set()
            assert go_on.wait(SECONDS)
            held(Thing.FILING, passed.filing_id)

    hold = Beside(place)
    assert placing.wait(SECONDS)
    erasure = Beside(partial(erase_filing, opened=passed))
    erasure.join(0.5)
    assert erasure.is_alive()
    go_on.set()
    assert (hold.ended(), erasure.ended()) == (None, None)
    assert again(Filing.objects.get()).state == FilingState.FILED
