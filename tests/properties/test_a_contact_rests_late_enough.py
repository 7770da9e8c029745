"""A contact rests no sooner than every unit that was bought under it is answered for.

Truth is drawn first: who bought which units, by which contacts they are reached, what became of
each unit and who said so. The rule sees only counts, and whom they are tied to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.outreach.rules import Answered, Claimed, Corrected, is_at_rest

PURCHASERS = range(4)
Unit = tuple[int, int]


@dataclass(frozen=True)
class Reported:
    """What a shop reported of the units of one order. `orders`: the purchases in it; `gone`: units
    of it that are out there no more, of which the shop may speak all the same; `rows`: units that
    each row without a serial speaks of; `by_serial`: those that a serial names."""

    order: frozenset[int]
    gone: frozenset[Unit]
    rows: tuple[frozenset[Unit], ...]
    by_serial: frozenset[Unit]


@dataclass(frozen=True)
class Truth:
    """Who bought what, by which contact each is reached, and which units somebody spoke of. Of the
    units in `read` a claim says the serial."""

    bought: dict[int, dict[int, int]]
    contacts: list[frozenset[int]]
    reported: list[Reported]
    read: set[Unit]
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
        corrected = [each.by_serial.union(*each.rows) for each in self.reported]
        return set().union(*said, *corrected)

    def corrected(self, report: Reported) -> Corrected:
        """As the rule sees it."""
        units = {key: n for each in self.bought.values() for key, n in each.items()}
        return Corrected(
            purchases=report.order,
            units=sum(units[key] for key in report.order) + len(report.gone),
            serials=frozenset(map(_serial, report.by_serial)),
            in_a_row=max(map(len, report.rows), default=0),
        )

    def claimed(
        self, by: frozenset[int], at_hand: frozenset[Unit], gone: frozenset[Unit]
    ) -> Claimed:
        """As the rule sees it."""
        serials = frozenset(_serial(unit) for unit in at_hand | gone if unit in self.read)
        return Claimed(by, len(at_hand | gone), len(gone), serials)

    def rests(self, holders: frozenset[int]) -> bool:
        """What the rule says of a contact."""
        return is_at_rest(
            holders,
            self.bought,
            [self.claimed(*each) for each in self.claims],
            [Answered(by, len(done), len(rid)) for by, done, rid in self.answers],
            [self.corrected(each) for each in self.reported],
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
    read = draw(st.sets(st.sampled_from(sorted(units))))
    truth = Truth(bought, contacts, [], read, [], [])
    _draw_claims(draw, truth, units, fates)
    _draw_answers(draw, truth, fates)
    _draw_reports(draw, truth, units)
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


def _draw_reports(draw: st.DrawFn, truth: Truth, units: dict[Unit, set[int]]) -> None:
    """Of each order a shop may report some units, again in another row, and units that came back.
    What it reports may be claimed, sold or thrown away besides."""
    keys = sorted({key for key, _ in units})
    while keys:
        order = frozenset(keys[: draw(st.integers(1, 2))])
        keys = keys[len(order) :]
        gone = frozenset((min(order), 100 + each) for each in range(draw(st.integers(0, 2))))
        its = sorted(gone.union(unit for unit in units if unit[0] in order))
        some = st.frozensets(st.sampled_from(its))
        rows = tuple(draw(st.lists(some, max_size=2)))
        truth.reported.append(Reported(order, gone, rows, draw(some)))


def _serial(unit: Unit) -> str:
    return f"{unit[0]} {unit[1]}"


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
    after = replace(truth, claims=tied)
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


def test_what_a_shop_corrected_is_answered_for() -> None:
    corrected = [Corrected(frozenset({0}), units=2, in_a_row=2)]
    assert is_at_rest({0}, {0: {0: 2}}, [], [], corrected)
    assert not is_at_rest({0}, {0: {0: 2}}, [], [], [replace(corrected[0], in_a_row=1)])


def test_a_unit_that_is_claimed_and_corrected_counts_once_unless_both_name_their_serials() -> None:
    bought = {0: {0: 2}}
    corrected = [Corrected(frozenset({0}), units=2, serials=frozenset({"a"}))]
    assert not is_at_rest({0}, bought, [Claimed(frozenset({0}), 1)], [], corrected)
    same = [Claimed(frozenset({0}), 1, serials=frozenset({"a"}))]
    other = [Claimed(frozenset({0}), 1, serials=frozenset({"b"}))]
    assert not is_at_rest({0}, bought, same, [], corrected)
    assert is_at_rest({0}, bought, other, [], corrected)


def test_what_a_shop_corrected_may_be_what_came_back_or_what_another_bought() -> None:
    """Of three units of an order one came back, and one is another's."""
    corrected = [Corrected(frozenset({0, 1}), units=3, in_a_row=2)]
    bought = {0: {0: 1}, 1: {1: 1}}
    assert not is_at_rest({0}, bought, [], [], corrected)
    assert is_at_rest({0}, bought, [], [], [replace(corrected[0], in_a_row=3)])
