"""What a system before this one says later, or only in part, never has an owner paid twice here,
nor one owner's claim put under another's."""

from pathlib import Path

import pytest

from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState
from recalldesk.remedies.states import Held
from recalldesk.takeover.going_on import let_go_on, standing_of
from tests.cast import Desk
from tests.takeover.former import claim, claim_of, counts, paid, taken, why, write


def goes_on(desk: Desk) -> tuple[int, int]:
    return let_go_on(
        recall=desk.recall(), by=desk.cast.administrator, reason="Made up.", is_meant=True
    )


def test_a_claim_that_a_later_file_calls_paid_is_not_let_go_on(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", claim(1, state="settled"))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    found = claim_of(1)
    assert found.remedy is not None
    assert found.remedy.held == Held.MAYBE_SENT
    assert standing_of(desk.recall()).maybe_sent == 1
    assert goes_on(desk) == (0, 0)
    write(folder, "claims", claim(1, state="settled"), claim(2))
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)


def test_a_claim_that_went_on_and_is_called_paid_later_is_a_reject(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    assert goes_on(desk) == (1, 0)
    write(folder, "claims", claim(1, state="settled"))
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "may be given twice" in why(done)[0]


@pytest.mark.parametrize("said", [{"remedy reference": "ORDER1"}, {"remedy on": "2025-03-08"}])
def test_an_approved_claim_with_a_remedy_of_no_state_is_a_reject(
    desk: Desk, folder: Path, said: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved", **said))
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "no state of it" in why(done)[0]


def test_references_that_differ_by_a_dash_alone_are_not_one_owners(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1, reference="1-12"), paid(2, reference="11-2"))
    (done,) = taken(desk, folder)
    assert counts(done) == (1, 1, 0)
    assert "another owner" in why(done)[0]
    write(folder, "claims", paid(2, reference="11-2"))
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert Filing.objects.get().claims.count() == 1


def test_what_was_in_review_here_and_is_paid_there_is_not_approved_again(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="submitted"))
    taken(desk, folder)
    assert claim_of(1).state == ClaimState.IN_REVIEW
    write(folder, "claims", paid(1))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert claim_of(1).state == ClaimState.SETTLED


def test_what_was_in_review_here_and_is_called_paid_there_waits_for_whoever_finds_out(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="submitted"))
    taken(desk, folder)
    write(folder, "claims", claim(1, state="settled"))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    found = claim_of(1)
    assert found.remedy is not None
    assert (found.state, found.remedy.held) == (ClaimState.APPROVED, Held.MAYBE_SENT)
    assert goes_on(desk) == (0, 0)


def test_a_remedy_under_a_reference_that_is_written_otherwise_needs_the_serial(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, reference="1-12", state="approved"))
    sent = {"remedy state": "sent", "remedy provider": "tremendous", "remedy reference": "O"}
    write(folder, "remedies", {"reference": "11-2"} | sent)
    _, remedies = taken(desk, folder)
    assert counts(remedies) == (0, 1, 0)
    assert "say the serial" in why(remedies)[0]


def test_what_failed_in_one_file_and_was_given_by_a_later_one_is_a_reject(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1, **{"remedy state": "failed"}))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    write(folder, "claims", paid(1))
    (done,) = taken(desk, folder)
    assert counts(done) == (0, 1, 0)
    assert "something else" in why(done)[0]
