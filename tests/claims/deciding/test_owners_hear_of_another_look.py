"""Whoever was told of an approval that is taken back hears it at once, kindly and with a day."""

import pytest

from recalldesk.claims.models import Filing
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.states import ClaimState
from recalldesk.portal.claiming.standing import standing_on_page
from recalldesk.recalls import wording
from tests.cast import SERIALS
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import MONEY, claim_of, letters_of, state_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NEVER = ("fraud", "suspicious", "fraude", "sospech", "another claim", "otra solicitud")


def taken_back(language: str = "en") -> Filing:
    first = sent(owner(1), SERIALS[0], remedy=MONEY)
    Filing.objects.filter(pk=first.pk).update(language=language)
    sent(owner(2), SERIALS[1], remedy=MONEY)
    run_jobs(tasks=["claims.look_back"])
    assert state_of(first) == ClaimState.IN_REVIEW
    return first


@pytest.mark.parametrize(("language", "says"), [("en", "once more"), ("es", "una vez más")])
def test_they_hear_that_a_person_looks_once_more_and_by_when(language: str, says: str) -> None:
    filing = taken_back(language)
    *_, before, last = [text for _, _, _, text in letters_of(filing)]
    by = claim_of(filing).promised_on
    assert by is not None
    assert says in last
    assert wording.day(by, wording.locale_of(language, "US")) in last
    assert "approved" in before
    assert not [word for word in NEVER if word in last.lower()]


def test_the_new_day_stands_on_the_page_of_the_claim() -> None:
    (unit,) = standing_on_page(seen_by_owner(taken_back())).units
    assert (unit.unit.state, unit.by) == (ClaimState.IN_REVIEW, unit.unit.promised_on)
    assert unit.by is not None


def test_it_is_written_once() -> None:
    filing = taken_back()
    count = len(letters_of(filing))
    run_jobs(tasks=["claims.look_back"])
    assert len(letters_of(filing)) == count
