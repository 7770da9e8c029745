"""When two people decide, and who may be the second: true of every case and person."""

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.desk.second_rule import (
    MERITS,
    Case,
    Person,
    grounds_for_two,
    is_barred,
    may_settle,
    waits_for_second,
)
from recalldesk.claims.states import DecisionKind

KINDS = st.sampled_from(sorted(DecisionKind))
PEOPLE = st.integers(1, 4)
CASES = st.builds(
    Case,
    kind=KINDS,
    is_over_value=st.booleans(),
    is_listed=st.booleans(),
    has_proof=st.booleans(),
    is_second_remedy=st.booleans(),
    is_appealed=st.booleans(),
    deciders=st.frozensets(PEOPLE),
    proposer=st.none() | PEOPLE,
)
PERSONS = st.builds(Person, PEOPLE, st.booleans())


@given(CASES, PERSONS)
def test_nobody_settles_what_they_proposed_or_decided_before(case: Case, person: Person) -> None:
    if may_settle(case, person):
        assert person.staff_id != case.proposer
        assert person.staff_id not in case.deciders
        assert person.may_second


@given(CASES, PERSONS)
def test_an_appeal_is_decided_by_nobody_who_decided_before(case: Case, person: Person) -> None:
    if case.is_appealed:
        assert is_barred(case, person) == (person.staff_id in case.deciders)
    else:
        assert not is_barred(case, person)


@given(CASES, PERSONS)
def test_an_approval_beyond_the_rule_is_never_one_persons(case: Case, person: Person) -> None:
    is_beyond = (
        case.is_over_value or not case.is_listed or not case.has_proof or case.is_second_remedy
    )
    if case.kind is DecisionKind.APPROVE and is_beyond:
        assert waits_for_second(case, person)
    if case.kind not in MERITS:
        assert not waits_for_second(case, person)


@given(CASES)
def test_without_a_ground_nobody_waits(case: Case) -> None:
    for person in (Person(1, False), Person(2, True)):
        assert waits_for_second(case, person) <= bool(grounds_for_two(case))
