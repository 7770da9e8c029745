"""A claim whose remedy is a gift code: it goes on when codes come in, and is late for nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor
from recalldesk.claims.desk.breaking import promises_about_to_break
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.models import CodePool, Order
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.codes.importing.run import import_codes
from recalldesk.remedies.providers.codes.restocked import send_on_restocked
from recalldesk.remedies.states import RemedyState, Stopped
from tests.at_the_desk import staff
from tests.cast import SERIALS
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import CARD, claim_of, letters_of, state_of
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import LATER
from tests.remedies.pooled import pool_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"


def pool_of_cards(*codes: str, **more: object) -> CodePool:
    """A pool of the worth that the recall promises."""
    return pool_of(*codes, value="39.90", **more)  # type: ignore[arg-type]


def claims_for_cards(count: int) -> list[Filing]:
    """Claims that were approved for a card, their orders tried once."""
    from recalldesk.claims.remedying.ordering import order_due

    filings = [sent(owner(each), SERIALS[each], remedy=CARD) for each in range(count)]
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == count
        assert place_due() == count
    run_jobs(tasks=["claims.remedy_news"])
    return filings


def brought(pool: CodePool, tmp_path: Path, *codes: str) -> int:
    path = tmp_path / f"codes-{len(codes)}.csv"
    path.write_text("code\n" + "\n".join(codes) + "\n")
    by = staff(Role.RECALL_MANAGER, email=f"manager-{len(codes)}@staff.example")
    return import_codes(pool=pool, path=path, by=by).sent_on


def placed_later() -> int:
    with time_machine.travel(clock.now() + 2 * LATER, tick=False):
        placed = place_due()
    run_jobs(tasks=["claims.remedy_news"])
    return placed


def stops() -> list[str]:
    return list(Order.objects.order_by("pk").values_list("stopped", flat=True))


def test_an_order_that_found_no_code_goes_on_when_codes_come_in(tmp_path: Path) -> None:
    pool = pool_of_cards()
    (filing,) = claims_for_cards(1)
    assert stops() == [Stopped.OUT_OF_STOCK]
    assert brought(pool, tmp_path, "MADEUP-1111") == 1
    row = StateChange.objects.get(to_state="sent_on")
    assert (row.from_state, row.actor) == ("stopped:out_of_stock", Actor.MACHINE)
    assert placed_later() == 1
    assert state_of(filing) == ClaimState.REMEDY_SENT
    assert claim_of(filing).remedy.state == RemedyState.SENT
    assert "code is ready" in str(letters_of(filing)[-1])


def test_as_many_go_on_as_there_are_codes_the_longest_waiting_first(tmp_path: Path) -> None:
    pool = pool_of_cards()
    claims_for_cards(3)
    assert brought(pool, tmp_path, "MADEUP-1111", "MADEUP-2222") == 2
    assert stops() == ["", "", Stopped.OUT_OF_STOCK]
    assert placed_later() == 2
    assert send_on_restocked() == 0
    assert brought(pool, tmp_path, "MADEUP-3333") == 1


def test_one_that_stopped_while_codes_came_in_is_found_by_a_job() -> None:
    pool_of_cards()
    claims_for_cards(1)
    pool_of("MADEUP-1111", name="of-another-worth")
    assert send_on_restocked() == 0
    pool_of_cards("MADEUP-2222")
    assert send_on_restocked() == 1
    assert stops() == [""]


def test_codes_that_have_expired_bring_nothing_on() -> None:
    pool_of_cards("MADEUP-1111", expires=clock.now().date() - timedelta(days=1))
    claims_for_cards(1)
    assert stops() == [Stopped.OUT_OF_STOCK]
    assert send_on_restocked() == 0


def test_a_code_that_lies_ready_for_its_owner_is_late_for_nobody() -> None:
    pool_of_cards("MADEUP-1111")
    (filing,) = claims_for_cards(1)
    claim = claim_of(filing)
    assert (claim.state, claim.promised_on) == (ClaimState.REMEDY_SENT, None)
    by, far = staff(Role.VIEWER), clock.now().date() + timedelta(days=400)
    assert promises_about_to_break(by=by, until=far) == ()
