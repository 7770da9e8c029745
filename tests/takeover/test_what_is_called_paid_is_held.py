"""Whatever is wrong with a line that calls a remedy paid, what waits here for it is not ordered."""

from pathlib import Path

import pytest

from recalldesk.claims.desk.cases import take_remedy_back
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.going_on import let_go_on, standing_of
from recalldesk.takeover.settling import settle
from tests.cast import Desk
from tests.claims.owner import CARD, OLGA, moved
from tests.takeover.former import claim, claim_of, counts, kettles, paid, taken, why, write

SENT = {"reference": "ERS-0001", "remedy state": "delivered"}


def goes_on(desk: Desk) -> tuple[int, int]:
    return let_go_on(
        recall=desk.recall(), by=desk.cast.administrator, reason="Made up.", is_meant=True
    )


def held() -> Held:
    return Held(Remedy.objects.get(state=RemedyState.WAITING).held)


@pytest.mark.parametrize(("name", "row"), [("claims", claim(1)), ("remedies", SENT)])
def test_what_went_on_and_is_not_ordered_yet_is_held_again(
    desk: Desk, folder: Path, name: str, row: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    assert goes_on(desk) == (1, 0)
    write(folder, name, row)
    done = taken(desk, folder)[-1]
    assert counts(done) == (0, 1, 0)
    assert "held until a person says" in why(done)[0]
    assert held() == Held.MAYBE_SENT
    assert order_due() == 0
    assert not Order.objects.exists()
    by = desk.cast.administrator
    recall = desk.recall()
    settle(
        recall=recall, reference="ERS-0001", position=1, was_sent=False, by=by, reason="Made up."
    )
    assert goes_on(desk) == (1, 0)


@pytest.mark.parametrize("second", [claim(1), paid(1)])
def test_of_two_lines_for_one_unit_in_a_file_the_one_that_says_paid_holds_it(
    desk: Desk, folder: Path, second: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved"), second)
    assert counts(taken(desk, folder)[0]) == (1, 1, 0)
    assert held() == Held.MAYBE_SENT
    assert goes_on(desk) == (0, 0)


@pytest.mark.parametrize(
    "row",
    [
        claim(1, **{"filed on": "someday"}),
        claim(1, email="nowhere"),
        paid(1, remedy="a pony"),
        claim(1, state="approved", **{"remedy reference": "MADE-UP-1"}),
        claim(1, state="approved", **{"remedy on": "2026-09-03"}),
        paid(1, reference="ERS-7777", **{"remedy on": "someday"}),
    ],
)
def test_a_line_of_claims_that_cannot_be_read_holds_what_it_calls_paid(
    desk: Desk, folder: Path, row: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", row)
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert held() == Held.MAYBE_SENT
    assert standing_of(desk.recall()).maybe_sent == 1
    assert goes_on(desk) == (0, 0)


def test_a_line_of_two_owners_holds_what_it_calls_paid(desk: Desk, folder: Path) -> None:
    stranger = paid(2, reference="ERS-0001", name="Nobody Made-Up", email="new@home.example")
    write(folder, "claims", claim(1, state="approved"), stranger)
    assert counts(taken(desk, folder)[0]) == (1, 1, 0)
    assert held() == Held.MAYBE_SENT


@pytest.mark.parametrize(
    "wrong", [{"remedy amount": "about 40"}, {"remedy": "a pony"}, {"remedy on": "someday"}]
)
def test_a_line_of_remedies_that_cannot_be_read_holds_what_it_calls_sent(
    desk: Desk, folder: Path, wrong: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    write(folder, "remedies", SENT | wrong)
    assert counts(taken(desk, folder)[1]) == (0, 1, 0)
    assert held() == Held.MAYBE_SENT
    write(folder, "remedies", SENT)
    taken(desk, folder)
    assert claim_of(1).state == ClaimState.SETTLED


@pytest.mark.parametrize("wrong", [{"email": "nowhere"}, {"state": "declined", "email": "nowhere"}])
def test_a_line_that_is_read_and_does_not_say_paid_holds_nothing(
    desk: Desk, folder: Path, wrong: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", claim(1, **({"state": "approved"} | wrong)))
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert held() == Held.TAKEN_OVER


def test_a_remedy_of_an_unknown_reference_takes_back_what_was_approved_here(
    desk: Desk, folder: Path
) -> None:
    claim_here = OLGA.files(kettles()[1], remedy=CARD).claims.get()
    claim_here.remedy = grant_remedy(
        unit_digest=bytes(claim_here.unit_digest),
        recall=desk.recall(),
        key=CARD,
        orderable_at=clock.now(),
    )
    claim_here.save(update_fields=["remedy"])
    moved(claim_here, ClaimState.IN_REVIEW, ClaimState.APPROVED)
    assert held() == Held.NONE
    write(folder, "claims", claim(2, state="approved"))
    write(folder, "remedies", SENT | {"reference": "77", "serial": kettles()[1]})
    assert "waits for a person now" in why(taken(desk, folder)[-1])[0]
    claim_here.refresh_from_db()
    assert claim_here.state == ClaimState.IN_REVIEW
    assert held() == Held.TAKEN_OVER  # of the other one


@pytest.mark.parametrize("said", [{}, {"remedy state": "unknown"}])
def test_an_owner_who_withdraws_frees_no_unit_that_may_be_paid(
    desk: Desk, folder: Path, said: dict[str, str]
) -> None:
    write(folder, "claims", claim(1, **said))
    taken(desk, folder)
    assert not seen_by_owner(claim_of(1).filing).can_be_withdrawn
    with pytest.raises(NotPossibleNow):
        withdraw_filing(filing_id=claim_of(1).filing_id)
    assert claim_of(1).state == ClaimState.APPROVED
    assert Remedy.objects.get().state == RemedyState.WAITING


def test_the_desk_does_not_take_back_what_may_be_paid(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1))
    taken(desk, folder)
    found = claim_of(1)
    with pytest.raises(NotDecidable, match="was taken over"):
        take_remedy_back(found)
    assert Remedy.objects.get().state == RemedyState.WAITING


def test_a_reference_that_two_systems_gave_settles_neither(desk: Desk, folder: Path) -> None:
    write(folder, "claims", claim(1, **{"remedy state": "unknown"}))
    taken(desk, folder)
    of_another = claim(1, serial=kettles()[2], **{"remedy state": "unknown"})
    write(folder, "claims", of_another, mapping='system = "Another Made-Up Suite"\n')
    taken(desk, folder)
    by, recall = desk.cast.administrator, desk.recall()
    with pytest.raises(TakeoverRefused, match="more than one"):
        settle(recall=recall, reference="ERS-0001", position=1, was_sent=False, by=by, reason="No.")
    assert {each.held for each in Remedy.objects.all()} == {Held.MAYBE_SENT}
    ours = Claim.objects.get(taken_over__file__system="Another Made-Up Suite")
    settle(
        recall=recall,
        reference=ours.filing.reference,
        position=1,
        was_sent=False,
        by=by,
        reason="No.",
    )
    assert Claim.objects.get(remedy__held=Held.TAKEN_OVER) == ours
