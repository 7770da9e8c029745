"""What a system before this one paid for a unit without a serial may be the unit that comes now."""

from pathlib import Path

from recalldesk.claims.states import ClaimState
from tests.cast import Desk
from tests.claims.deciding.filed import R, decision_of, owner, reasons_of, sent
from tests.claims.owner import state_of
from tests.takeover.former import claim, claim_of, counts, kettles, paid, taken, write


def test_whoever_was_paid_there_is_looked_at_by_a_person_before_a_second_one(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1, serial=""))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    again, another = sent(owner(1), kettles()[2]), sent(owner(2), kettles()[3])
    assert (state_of(again), reasons_of(again)) == (ClaimState.IN_REVIEW, {R.PAID_UNNAMED})
    assert decision_of(again).grounds[R.PAID_UNNAMED] == {"claims": [claim_of(1).pk]}
    assert R.PAID_UNNAMED not in reasons_of(another)


def test_nobody_is_who_was_paid_for_a_unit_that_has_a_name(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1), claim(2, serial="", state="declined"))
    assert counts(taken(desk, folder)[0]) == (2, 0, 0)
    for number in (1, 2):
        assert R.PAID_UNNAMED not in reasons_of(sent(owner(number), kettles()[number + 3]))
