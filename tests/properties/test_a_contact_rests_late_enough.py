"""A contact rests no sooner than every unit that was bought under it is answered for.

Truth is drawn first: who bought which units, by which contacts they are reached, what became of
each unit and who said so. The rule sees only counts, and whom they are tied to.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.outreach.rules import Answered, Claimed, is_at_rest

PURCHASERS = range(4)
Unit = tuple[int, int]


@dataclass(frozen=True)
class Truth:
    """Who bought what, by which contact each is reached, and which units somebody spoke of."""

    bought: dict[int, dict[int, int]]
    contacts: list[frozenset[int]]
    claims: list[tuple[frozenset[int], frozenset[Unit], frozenset[Unit]]]
    answers: list[tuple[frozenset[int], frozenset[Unit], frozenset[Unit]]]

    def units_under(self, holders: Iterable[int]) -> set[Unit]:
        """Every unit that was bought by one of these."""
        purchases = {k: v for each in holders for k, v in self.bought[each].items()}
        return {(key, place) for key, units in purchases.items() for place in range(units)}

    @property
    def spoken_of(self) -> set[Unit]:
        """Units of which somebody spoke."""
        said = [(a | b) for _, a, b in (*self.claims, *self.answers)]
        return set().union(*said)

    def rests(self, holders: frozenset[int]) -> bool:
        """What the rule says of a contact."""
        return is_at_rest(
            holders,
            self.bought,
            [Claimed(by, len(at_hand | gone), len(gone)) for by, at_hand, gone in self.claims],
            [Answered(by, len(done), len(rid)) for by, done, rid in self.answers],
        )


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Purchases that one or two purchasers are named for, and what is said of their units."""
    bought: dict[int, dict[int, int]] = {each: {} for each in PURCHASERS}
    units: dict[Unit, set[int]] = {}
    for key in range(draw(st.integers(1, 4))):
        buyers = draw(st.sets(st.sampled_from(PURCHASERS), min_size=1, max_size=2))
        count = draw(st.integers(1, 3))
        for each in buyers:
            bought[each][key] = count
        units |= {(key, place): set(buyers) for place in range(count)}
    contacts = draw(
        st.lists(
            st.frozensets(st.sampled_from(PURCHASERS), min_size=1, max_size=2),
            min_size=1,
            max_size=4,
        )
    )
    fates = {unit: draw(st.sampled_from(["kept", "claimed", "gone", "done"])) for unit in units}
    truth = Truth(bought, contacts, [], [])
    _draw_claims(draw, truth, units, fates)
    _draw_answers(draw, truth, fates)
    return truth


def _draw_claims(
    draw: st.DrawFn, truth: Truth, units: dict[Unit, set[int]], fates: dict[Unit, str]
) -> None:
    """Each is tied to a purchaser of each of its units, and perhaps to others by mistake."""
    open_units = {unit for unit, fate in fates.items() if fate in ("claimed", "gone", "done")}
    for _ in range(draw(st.integers(0, 3))):
        if not open_units:
            return
        chosen = draw(st.frozensets(st.sampled_from(sorted(open_units)), min_size=1))
        open_units -= chosen
        owners = {draw(st.sampled_from(sorted(units[unit]))) for unit in sorted(chosen)}
        by = frozenset(owners | draw(st.sets(st.sampled_from(PURCHASERS), max_size=1)))
        gone = frozenset(unit for unit in chosen if fates[unit] == "gone")
        truth.claims.append((by, chosen - gone, gone))


def _draw_answers(draw: st.DrawFn, truth: Truth, fates: dict[Unit, str]) -> None:
    """By a contact somebody speaks of units that were bought under it; perhaps again by another."""
    for holders in dict.fromkeys(truth.contacts):
        under = truth.units_under(holders)
        done = sorted(unit for unit in under if fates[unit] in ("claimed", "done"))
        rid = sorted(unit for unit in under if fates[unit] == "gone")
        said_done = draw(st.frozensets(st.sampled_from(done))) if done else frozenset()
        said_rid = draw(st.frozensets(st.sampled_from(rid))) if rid else frozenset()
        if said_done or said_rid:
            truth.answers.append((holders, said_done, said_rid))


@given(truths())
def test_no_contact_rests_while_a_unit_bought_under_it_is_not_spoken_of(truth: Truth) -> None:
    for holders in truth.contacts:
        if truth.rests(holders):
            assert truth.units_under(holders) <= truth.spoken_of


@given(truths(), st.data())
def test_tying_a_claim_to_one_more_never_silences_whoever_had_no_answer(
    truth: Truth, data: st.DataObject
) -> None:
    """The units of the one to whom it is tied count then, too."""
    if not truth.claims:
        return
    place = data.draw(st.integers(0, len(truth.claims) - 1))
    by, at_hand, gone = truth.claims[place]
    more = data.draw(st.sampled_from(PURCHASERS))
    tied = [*truth.claims]
    tied[place] = (by | {more}, at_hand, gone)
    after = Truth(truth.bought, truth.contacts, tied, truth.answers)
    for holders in truth.contacts:
        if after.rests(holders) and not truth.rests(holders):
            assert truth.units_under(holders) <= truth.spoken_of


@given(st.integers(1, 9), st.integers(0, 12))
def test_a_buyer_alone_rests_exactly_when_as_many_are_claimed_as_were_bought(
    units: int, claims: int
) -> None:
    filings = [Claimed(frozenset({0}), 1)] * claims
    assert is_at_rest({0}, {0: {0: units}}, filings, []) == (claims >= units)


def test_two_claims_of_two_joined_purchasers_silence_both_only_together() -> None:
    bought = {0: {0: 1}, 1: {1: 1}}
    both = frozenset({0, 1})
    one, two = [Claimed(both, 1)], [Claimed(both, 1)] * 2
    assert not is_at_rest({0}, bought, one, [])
    assert not is_at_rest({1}, bought, one, [])
    assert is_at_rest({0}, bought, two, [])
    assert is_at_rest({1}, bought, two, [])


def test_a_claim_and_the_answer_that_all_is_done_are_of_the_same_unit() -> None:
    bought = {0: {0: 2}}
    claimed, answered = [Claimed(frozenset({0}), 1)], [Answered(frozenset({0}), done_already=1)]
    assert not is_at_rest({0}, bought, claimed, answered)
    assert is_at_rest({0}, bought, claimed, [Answered(frozenset({0}), got_rid_of=1)])


def test_answers_by_mail_and_by_text_message_are_of_the_same_unit() -> None:
    answered = [Answered(frozenset({0}), got_rid_of=1)] * 2
    assert not is_at_rest({0}, {0: {0: 2}}, [], answered)
    apart = [Answered(frozenset({each}), got_rid_of=1) for each in (0, 1)]
    assert is_at_rest({0, 1}, {0: {0: 1}, 1: {1: 1}}, [], apart)
