"""Who was erased before a restore is erased again after it, and nobody else."""

from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.claims.erasing import erase_again, erase_filing
from recalldesk.claims.erasures import note_erasure
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.remedies import journal
from tests.cast import SERIALS
from tests.claims.owner import OLGA, PAVEL, again, fresh_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture(autouse=True)
def _journal_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"


def test_an_erasure_stands_outside_the_database_and_names_nobody() -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    erase_filing(opened=fresh_pass(filing))
    (line,) = journal.lines("erasure")
    assert set(line) == {"kind", "at", "filing"}
    assert filing.reference not in str(line)


def test_only_who_is_on_the_list_is_erased_again_and_once() -> None:
    listed, other = OLGA.files(SERIALS[0]), PAVEL.files(SERIALS[1])
    note_erasure(listed)
    assert erase_again() == 1
    assert again(listed).state == FilingState.ERASED
    assert bytes(again(listed).sealed_name) == b""
    assert again(other).state == FilingState.FILED
    assert erase_again() == 0


def test_one_that_is_a_draft_again_goes() -> None:
    draft = OLGA.drafts()
    note_erasure(draft)
    assert erase_again() == 1
    assert not Filing.objects.filter(pk=draft.pk).exists()


def test_without_a_list_nothing_is_erased() -> None:
    OLGA.files()
    assert erase_again() == 0
