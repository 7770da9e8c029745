"""Remedies that were sent and notices that were given elsewhere: known once, told and paid never
again; what nobody knows waits for a person."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from recalldesk.claims.states import ClaimState
from recalldesk.mailing.models import Mailing
from recalldesk.outreach.models import DirectNotice, NamedPurchase, Wave
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.models import Correction, Order, Remedy
from recalldesk.remedies.placing.dead_letters import send_on
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.takeover.going_on import let_go_on, standing_of
from recalldesk.takeover.settling import settle
from tests.cast import Desk
from tests.takeover.former import claim, claim_of, counts, kettles, paid, taken, why, write

PAID = {
    "remedy state": "delivered",
    "remedy amount": "39.90",
    "remedy provider": "tremendous",
    "remedy reference": "ORDER1",
    "remedy on": "2025-03-08",
}


def remedy(number: int, **said: str) -> dict[str, str]:
    return {"reference": f"ERS-{number:04d}"} | PAID | said


def test_a_file_of_remedies_brings_each_claim_to_where_its_remedy_stands(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1), claim(2))
    write(folder, "remedies", remedy(1), remedy(2, **{"remedy state": "sent"}))
    done = taken(desk, folder)
    assert [counts(each) for each in done] == [(2, 0, 0), (2, 0, 0)]
    assert (claim_of(1).state, claim_of(2).state) == (ClaimState.SETTLED, ClaimState.REMEDY_SENT)
    assert Correction.objects.count() == 1
    assert not Mailing.objects.exists()


def test_said_again_it_changes_nothing_and_otherwise_it_is_a_reject(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1))
    write(folder, "remedies", remedy(1), remedy(1, **{"remedy reference": "ANOTHER"}))
    done = taken(desk, folder)
    assert counts(done[1]) == (0, 1, 1)
    assert "says something else of the remedy" in why(done[1])[0]
    assert Remedy.objects.count() == 1


def test_a_claim_that_is_said_to_be_paid_by_nothing_is_never_ordered(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1))
    taken(desk, folder)
    standing = standing_of(desk.recall())
    assert (standing.owed, standing.paid_by_nothing) == (0, 1)
    let = {"recall": desk.recall(), "by": desk.cast.administrator, "reason": "They know."}
    assert let_go_on(**let, is_meant=True) == (0, 0)
    assert claim_of(1).remedy.held == Held.TAKEN_OVER  # type: ignore[union-attr] # it has one


def test_what_may_have_been_sent_waits_for_a_person(desk: Desk, folder: Path) -> None:
    unknown = {"remedy state": "unknown"}
    write(folder, "claims", paid(1, **unknown), paid(2, **unknown | {"remedy reference": ""}))
    taken(desk, folder)
    asked, unasked = claim_of(1).remedy, claim_of(2).remedy
    assert asked is not None
    assert unasked is not None
    assert (asked.state, unasked.state) == (RemedyState.ORDERING, RemedyState.WAITING)
    assert (asked.order.stopped, unasked.held) == ("maybe_sent", Held.MAYBE_SENT)
    with pytest.raises(NotOrderable, match="may have sent"):
        send_on(order_id=asked.order.pk, by=desk.cast.administrator, note="Again.")
    says = {"recall": desk.recall(), "position": 1, "by": desk.cast.administrator, "reason": "So."}
    settle(reference="ers 0001", was_sent=True, **says)
    settle(reference="ERS-0002", was_sent=False, **says)
    assert claim_of(1).state == ClaimState.SETTLED
    assert claim_of(2).remedy.held == Held.TAKEN_OVER  # type: ignore[union-attr] # it has one
    assert standing_of(desk.recall()).maybe_sent == 0


def test_a_provider_that_nobody_here_can_ask_is_kept_as_such(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1, **{"remedy provider": "A bank of theirs"}))
    taken(desk, folder)
    order = Order.objects.get()
    assert (order.provider, order.reference) == ("elsewhere", "ORDER1")
    assert order.remedy.taken_over.provider_said == "A bank of theirs"


def test_what_waited_here_for_a_unit_that_was_paid_there_is_taken_back(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", claim(1, state="approved"))
    taken(desk, folder)
    write(folder, "claims", paid(2, serial=kettles()[1]))
    assert counts(taken(desk, folder)[0]) == (1, 0, 0)
    assert (claim_of(1).state, claim_of(2).state) == (ClaimState.IN_REVIEW, ClaimState.SETTLED)
    assert Remedy.objects.filter(state=RemedyState.CANCELLED).count() == 1


def notice(number: int, **said: str) -> dict[str, str]:
    return {
        "contact": f"owner{number}@home.example",
        "way": "email",
        "told on": "2025-02-20",
        "state": "delivered",
    } | said


def test_a_notice_is_of_the_day_on_which_it_was_given(desk: Desk, folder: Path) -> None:
    rows = (notice(1), notice(1), notice(2, state="bounced"), notice(3, **{"told on": ""}))
    write(folder, "notices", *rows)
    (done,) = taken(desk, folder)
    assert counts(done) == (2, 1, 1)
    sent = DirectNotice.objects.get(state=NoticeState.SENT)
    assert sent.sent_at == datetime(2025, 2, 20, 12, tzinfo=UTC)
    wave = Wave.objects.get()
    assert (wave.kind, wave.state) == (WaveKind.BEFORE, WaveState.DONE)
    assert not NamedPurchase.objects.exists()


def test_what_was_paid_there_after_the_first_file_is_never_paid_here(
    desk: Desk, folder: Path
) -> None:
    states = ("approved", "in_review", "declined")
    write(folder, "claims", *(claim(n, state=state) for n, state in enumerate(states, 1)))
    taken(desk, folder)
    write(folder, "claims", *(claim(n) for n in range(1, 4)))
    assert counts(taken(desk, folder)[0]) == (3, 0, 0)
    for number in range(1, 4):
        found = claim_of(number)
        assert found.remedy is not None
        assert (found.state, found.remedy.held) == (ClaimState.APPROVED, Held.MAYBE_SENT)
    write(folder, "claims", *(paid(n) for n in range(1, 4)))
    assert counts(taken(desk, folder)[0]) == (3, 0, 0)
    assert {claim_of(n).state for n in range(1, 4)} == {ClaimState.SETTLED}
    assert Remedy.objects.count() == 3
