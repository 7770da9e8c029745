"""From the answer to a check to a claim that is filed, step by step, with no script."""

from recalldesk.claims.states import FilingState
from tests.portal.claims.conftest import ADDRESS, AGREED, NAMED, Claimant, hidden_of, words_of


def test_a_gift_card_is_claimed_in_five_forms(claimant: Claimant) -> None:
    serial = claimant.owner.recalled()
    verdict = claimant.owner.checks(serial, recall="anker-a1263", brand="anker", variant="black")
    assert "Start my claim" in words_of(verdict)
    claimant.begins(**hidden_of(verdict, "/claim"))
    assert claimant.at.endswith("/photos")
    claimant.sends_photos()
    assert claimant.at.endswith("/you")
    claimant.gives("you", NAMED)
    assert claimant.at.endswith("/remedy")
    claimant.gives("remedy", {"remedy": "gift-card"})
    assert claimant.at.endswith("/send")
    claimant.gives("send", AGREED)
    assert claimant.at.endswith(f"/claims/{claimant.key}/?sent")
    assert claimant.filing.state == FilingState.FILED
    assert serial not in claimant.at


def test_a_replacement_asks_for_the_address_too(claimant: Claimant) -> None:
    claimant.begins_with(claimant.owner.recalled())
    claimant.sends_photos()
    claimant.gives("you", NAMED)
    claimant.gives("remedy", {"remedy": "power-bank"})
    assert claimant.at.endswith("/details")
    page = claimant.sees("details").content.decode()
    for field in ("street-address", "address-level2", "address-level1", "postal-code"):
        assert f'autocomplete="{field}"' in page
    assert "ZIP code" in page
    claimant.gives("details", ADDRESS)
    summary = words_of(claimant.sees("send"))
    assert "1 Example Street" in summary
    claimant.gives("send", AGREED)
    assert claimant.filing.state == FilingState.FILED
