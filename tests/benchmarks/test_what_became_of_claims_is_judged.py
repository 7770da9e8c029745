"""What is counted as lost, doubled or out of order after the kills."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from benchmarks.submitting import PLANS, plans
from benchmarks.submitting_child import judge
from recalldesk.claims.models import Claim, Filing
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.claims.owner import OLGA, PAVEL, claim_of, settles
from tests.unguarded import unguarded
from tests.worked import run_jobs

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
MAIL = "recalldesk.mailing.folder.EmailBackend"


@pytest.fixture(autouse=True)
def _mail_goes_to_a_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_BACKEND = MAIL
    settings.MAIL_OPTIONS = {"backend": MAIL, "folder": settings.MAIL_FOLDER}


def told(filing: Filing, *serials: str, email: str = OLGA.email) -> dict[str, Any]:
    return {
        "key": filing.key,
        "reference": filing.reference,
        "email": email,
        "serials": list(serials),
    }


def wrong(*all_told: dict[str, Any]) -> dict[str, int]:
    run_jobs(tasks=["mailing.send"])
    return {kind: number for kind, number in judge(list(all_told))["wrong"].items() if number}


def test_what_was_filed_once_is_in_order() -> None:
    first, second = OLGA.files(SERIALS[0]), PAVEL.files(SERIALS[0])
    again = OLGA.files(SERIALS[0])
    assert (
        wrong(
            told(first, SERIALS[0]),
            told(second, SERIALS[0], email=PAVEL.email),
            told(again, SERIALS[0]),
        )
        == {}
    )


def test_an_acknowledged_claim_that_is_not_there_is_lost() -> None:
    filing = OLGA.files()
    missing = told(filing, SERIALS[0]) | {"key": "no-such-key0"}
    assert wrong(missing)["lost"] == 1
    assert wrong(told(filing, SERIALS[0]) | {"reference": "R-AAAA-AAAA"})["lost"] == 1
    assert wrong(told(OLGA.drafts(SERIALS[1]), SERIALS[1]), told(filing, SERIALS[0]))["lost"] > 0


def test_a_second_filing_of_the_same_claim_is_doubled() -> None:
    first = OLGA.files()
    OLGA.files()
    assert wrong(told(first, SERIALS[0]))["doubled"] == 1


def test_a_unit_too_few_or_too_many_is_seen() -> None:
    filing = OLGA.files()
    assert wrong(told(filing, *SERIALS[:2]))["wrong units"] == 1
    assert wrong(told(filing))["wrong units"] == 1


def test_a_unit_that_nobody_holds_is_seen() -> None:
    filing = OLGA.files()
    Claim.objects.filter(filing=filing).update(holds_unit=False)
    assert wrong(told(filing, SERIALS[0])) == {"holders": 1}


def test_a_letter_too_many_or_too_few_and_one_that_was_not_sent_are_seen() -> None:
    filing = OLGA.files()
    wrong(told(filing, SERIALS[0]))
    row = Mailing.objects.get(filing_id=filing.pk, purpose=Purpose.CLAIM_FILED)
    Mailing.objects.filter(pk=row.pk).update(filing_id=None)
    assert wrong(told(filing, SERIALS[0])) == {"letters": 1}
    row.delete()
    assert wrong(told(filing, SERIALS[0])) == {"letters": 1, "letters in the folder": 1}


def test_a_claim_that_waits_for_nothing_is_seen() -> None:
    filing = OLGA.files(photos=True)
    assert wrong(told(filing, SERIALS[0])) == {}
    for photo in claim_of(filing).evidence.photos.all():
        settles(photo)
    assert wrong(told(filing, SERIALS[0])) == {"stuck in checking": 1}


def test_an_agreement_that_is_missing_is_seen() -> None:
    filing = OLGA.files()
    with unguarded("claims_agreement"):
        filing.agreements.first().delete()  # type: ignore[union-attr]
    assert wrong(told(filing, SERIALS[0])) == {"agreements": 1}


def test_a_unit_is_claimed_by_those_who_claim_it_together_and_by_nobody_else() -> None:
    together = list(plans([f"S{number}" for number in range(20)]))
    assert len(together) > len(PLANS)
    units = [{serial for plan in each for serial in plan.serials} for each in together]
    assert sum(map(len, units)) == len(set().union(*units)) == 20
    assert sorted(map(len, together))[-1] == 2
