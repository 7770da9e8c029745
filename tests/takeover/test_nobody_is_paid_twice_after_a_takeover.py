"""After a takeover providers are compared with the rows, what is owed goes on, and nobody is paid
twice: the made-up gift-card service counts every card that it ever gave out."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState
from recalldesk.demo.former_system import (
    FormerClaim,
    former_claims,
    ledger_lines,
    write_former_system,
)
from recalldesk.demo.providers import tremendous
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.remedies.models import Finding, Order
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.providers.tremendous.configured import tremendous_client
from recalldesk.remedies.providers.tremendous.provider import Tremendous
from recalldesk.remedies.reconciling.reconciling import reconcile
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.going_on import let_go_on, standing_of
from recalldesk.units import live
from tests.cast import Desk, index_folder, make_cast, quick_passwords
from tests.remedies.made_up import KEY, made_up
from tests.takeover.former import kettles, taken, text_of_cards

__all__ = ["index_folder", "quick_passwords"]

AMOUNT = "39.90"
CLAIMS = 120
pytestmark = pytest.mark.django_db(transaction=True)


def test_each_owner_has_one_card_at_most(committed: Desk, folder: Path, tmp_path: Path) -> None:
    desk = committed
    claims = former_claims(kettles(CLAIMS), seed=11, today=clock.now().date())
    write_former_system(folder, claims, amount=AMOUNT)
    ledger = tmp_path / "tremendous.jsonl"
    ledger.write_text("\n".join(ledger_lines(claims, amount=AMOUNT)) + "\n", encoding="utf-8")
    done = taken(desk, folder)
    assert all(each.read is not None and not each.read.rejects for each in done)
    assert not Mailing.objects.exists()
    recall, by = desk.recall(), desk.cast.administrator
    with made_up("tremendous", tmp_path, base=tremendous.BASE) as server:
        with replaced(Tremendous(tremendous_client(server.address, KEY), "balance")):
            with pytest.raises(TakeoverRefused, match="has not run since"):
                let_go_on(recall=recall, by=by, reason="It goes on here.")
            reconcile(clock.now() - timedelta(days=2))  # not as far back as the oldest claim
            with pytest.raises(TakeoverRefused, match=r"reconcile --since 20\d\d"):
                let_go_on(recall=recall, by=by, reason="It goes on here.")
            compared = reconcile(clock.now() - timedelta(days=400))
            assert not [each for each in compared.open_findings if each.could_double]
            assert not standing_of(recall).questions
            owed = sum(each.state == "approved" for each in claims)
            assert let_go_on(recall=recall, by=by, reason="It goes on here.") == (owed, 0)
            assert let_go_on(recall=recall, by=by, reason="Once more.") == (0, 0)
            while order_due() or place_due():
                pass
            write_former_system(folder, _each_with_anothers_serial(claims), amount=AMOUNT)
            taken(desk, folder)
            again = let_go_on(recall=recall, by=by, reason="Once more.", is_meant=True)
            assert again == (0, 0)
            while order_due() or place_due():
                pass
            reconcile(clock.now() - timedelta(days=400))
        cards = Counter(
            line["whole"]["rewards"][0]["recipient"]["email"] for line in server.lines("order")
        )
    assert max(cards.values()) == 1
    placed = sum(each.was_placed for each in claims)
    assert sum(cards.values()) == placed + owed
    assert not Finding.objects.filter(closed_at=None, could_double=True).exists()
    _each_stands_as_it_was(claims_by_state=Counter(each.state for each in claims), placed=placed)


def _each_with_anothers_serial(claims: list[FormerClaim]) -> list[FormerClaim]:
    """A later export in which the serials moved down by a line."""
    serials = [each.serial for each in claims]
    moved = (*serials[-1:], *serials[:-1])
    return [replace(each, serial=serial) for each, serial in zip(claims, moved, strict=True)]


def _each_stands_as_it_was(*, claims_by_state: Counter[str], placed: int) -> None:
    states = Counter(Claim.objects.values_list("state", flat=True))
    lost = claims_by_state["lost track"]
    found = placed - sum(claims_by_state[each] for each in ("delivered", "sent", "ordered"))
    unclear = claims_by_state["unclear"] - found
    doubtful = Order.objects.filter(stopped="maybe_sent").count()
    assert doubtful == unclear
    assert states[ClaimState.APPROVED] == lost
    assert states[ClaimState.DECLINED] == claims_by_state["refused"]
    assert states[ClaimState.IN_REVIEW] == claims_by_state["open"]
    assert states[ClaimState.SETTLED] == claims_by_state["delivered"]


@pytest.fixture
def committed(index_folder: Path, tmp_path: Path, quick_passwords: None) -> Desk:
    """A desk whose rows are there for other connections, too."""

    live.forget()
    desk = Desk(make_cast(), tmp_path)
    desk.published(text_of_cards(CLAIMS), kettles(CLAIMS))
    return desk
