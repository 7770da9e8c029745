"""How a claim moves: as the table says, in the database too, with a day for each that waits."""

from datetime import date
from itertools import product

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.promises import UNDECIDED, promised_on
from recalldesk.claims.states import (
    ENDED,
    HOLDS_NOTHING,
    MOVES,
    OPEN,
    UNTIL_SHIPPED,
    ClaimState,
)
from recalldesk.foundation.working_days import add_working_days
from tests.claims.owner import OLGA, claim_of, moved, the_recall
from tests.unguarded import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAIRS = [pair for pair in product(ClaimState, ClaimState) if pair[0] is not pair[1]]


def put(claim: Claim, state: ClaimState) -> None:
    """The row in any state, past the table of moves; it holds nothing."""
    with unguarded("claims_claim"):
        Claim.objects.filter(pk=claim.pk).update(state=state, holds_unit=False)


def test_the_database_allows_the_moves_of_the_table_and_no_others() -> None:
    claim = claim_of(OLGA.files())
    allowed = set()
    for before, after in PAIRS:
        put(claim, before)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE claims_claim SET state = %s WHERE id = %s", [after, claim.pk]
                )
        except DatabaseError:
            continue
        allowed.add((before, after))
    assert allowed == {(before, after) for before in MOVES for after in MOVES[before]}


def test_a_refused_move_leaves_row_and_log_as_they_were() -> None:
    claim = claim_of(OLGA.files())
    log = StateChange.objects.filter(subject=Subject.CLAIM).count()
    with pytest.raises(DatabaseError), transaction.atomic():
        move_claim(claim=claim, to=ClaimState.SETTLED, actor=Actor.MACHINE)
    claim.refresh_from_db()
    assert claim.state == ClaimState.IN_REVIEW
    assert StateChange.objects.filter(subject=Subject.CLAIM).count() == log


def test_every_state_is_open_or_ended_or_a_draft() -> None:
    assert set(MOVES) == set(ClaimState)
    assert OPEN | ENDED | {ClaimState.DRAFT} == set(ClaimState)
    assert not OPEN & ENDED
    assert UNTIL_SHIPPED <= OPEN
    assert not HOLDS_NOTHING & OPEN
    assert all(ClaimState.WITHDRAWN in MOVES[state] for state in UNTIL_SHIPPED)


def test_every_open_claim_that_waits_for_the_desk_has_a_day() -> None:
    document = the_recall().document
    today = add_working_days(claim_of(OLGA.files()).state_since.date(), 0)
    for state in ClaimState:
        day = promised_on(state, document=document, remedy_key="card", today=today)
        if state in OPEN - {ClaimState.NEEDS_OWNER}:
            assert day is not None
            assert day > today
            assert day.weekday() < 5
        else:
            assert day is None


def test_a_day_that_was_told_is_not_put_off_by_a_step_of_ours() -> None:
    with time_machine.travel("2026-07-06T09:00:00Z", tick=False):  # a Monday
        filing = OLGA.files(photos=True)
    told = claim_of(filing).promised_on
    with time_machine.travel("2026-07-08T09:00:00Z", tick=False):
        moved(claim_of(filing), ClaimState.IN_REVIEW)
        assert claim_of(filing).promised_on == told
    with time_machine.travel("2026-07-09T09:00:00Z", tick=False):
        moved(claim_of(filing), ClaimState.APPROVED)
        approved = claim_of(filing).promised_on
        assert approved != told
    with time_machine.travel("2026-07-10T09:00:00Z", tick=False):
        moved(claim_of(filing), ClaimState.REMEDY_ORDERED)
        assert claim_of(filing).promised_on == approved


def test_whoever_told_of_danger_hears_as_soon_as_anybody_does() -> None:
    document = the_recall().document
    today = date(2026, 7, 6)
    days = {
        promised_on(state, document=document, remedy_key="", today=today, is_dangerous=True)
        for state in UNDECIDED
    }
    assert days == {add_working_days(today, document.promises.confirm_days)}


def test_after_the_owners_turn_the_days_are_counted_anew() -> None:
    with time_machine.travel("2026-07-06T09:00:00Z", tick=False):
        filing = OLGA.files()
        moved(claim_of(filing), ClaimState.NEEDS_OWNER)
    assert claim_of(filing).promised_on is None
    with time_machine.travel("2026-08-03T09:00:00Z", tick=False):
        moved(claim_of(filing), ClaimState.CHECKING)
    assert str(claim_of(filing).promised_on) == "2026-08-06"
