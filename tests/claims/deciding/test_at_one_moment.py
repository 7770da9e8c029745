"""Claims that are decided at one moment: none slips under a limit because nobody saw the other."""

from functools import partial

import pytest
from pytest_django import Settings

from recalldesk.claims import looked_through
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.remedies.models import Remedy
from tests.cast import SERIALS, Desk
from tests.claims.conftest import photos_at
from tests.claims.deciding.filed import R, drafted, looks_like, owner, reasons_of
from tests.claims.owner import MONEY, state_of, text_with_all_remedies
from tests.claims.test_at_the_same_moment import A_WHILE, Beside, Halted, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def desk(kettles: Desk, settings: Settings) -> Desk:
    """The published kettle recall, committed."""
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    return kettles


def all_sent(drafts: list[Filing], network: str = "") -> list[ClaimState]:
    calls = [partial(submit_filing, filing_id=draft.pk, network=network) for draft in drafts]
    assert together(*calls) == [None] * len(drafts)
    return sorted(state_of(draft) for draft in drafts)


def test_of_two_with_one_payee_the_second_is_seen() -> None:
    drafts = [drafted(owner(n), SERIALS[n], remedy=MONEY) for n in (0, 1)]
    assert all_sent(drafts) == [ClaimState.APPROVED, ClaimState.IN_REVIEW]
    assert {reason for draft in drafts for reason in reasons_of(draft)} == {R.OWNERS_OF_PAYEE}


def test_the_second_waits_until_the_first_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (drafted(owner(n), SERIALS[n], remedy=MONEY) for n in (0, 1))
    halted = Halted(monkeypatch, looked_through, "ruling_to_apply")
    one = halted.run(lambda: submit_filing(filing_id=first.pk))
    two = Beside(lambda: submit_filing(filing_id=second.pk))
    two.join(A_WHILE)
    assert two.is_alive()
    halted.go_on()
    assert (one.ended(), two.ended()) == (None, None)
    assert (state_of(first), state_of(second)) == (ClaimState.APPROVED, ClaimState.IN_REVIEW)


def test_of_two_with_one_photo_the_second_is_seen() -> None:
    drafts = [drafted(owner(n), SERIALS[n], content=b"one") for n in (0, 1)]
    assert all_sent(drafts) == [ClaimState.APPROVED, ClaimState.IN_REVIEW]


def test_of_two_with_photos_that_are_only_alike_the_second_is_seen() -> None:
    drafts = [drafted(owner(n), SERIALS[n]) for n in (0, 1)]
    for n, draft in enumerate(drafts):
        looks_like(draft, n * 3)
    assert all_sent(drafts) == [ClaimState.APPROVED, ClaimState.IN_REVIEW]


def test_of_five_from_one_network_three_are_approved() -> None:
    drafts = [drafted(owner(n), serial) for n, serial in enumerate(SERIALS)]
    states = all_sent(drafts, network="203.0.113.9")
    assert states == [ClaimState.APPROVED] * 3 + [ClaimState.IN_REVIEW] * 2
    assert Remedy.objects.count() == 3


def test_strangers_at_one_moment_are_all_approved() -> None:
    drafts = [drafted(owner(n), serial) for n, serial in enumerate(SERIALS)]
    assert all_sent(drafts) == [ClaimState.APPROVED] * 5
