"""Promise 1: a slip of finger or eye never hides a dangerous unit."""

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.rules import Decision, bound_by
from recalldesk.units.verdict.scope import Nearness, Scope
from tests.folders import fresh_folder
from tests.scopes import (
    A1263,
    ANY_TYPED,
    SMALL,
    VIN,
    confusable,
    every_text,
    first_look,
    listed_scope,
    mistyped,
    patterned_scope,
    ranged_scope,
    version_of,
)

NEVER = Verdict.NOT_AFFECTED


@cache
def scopes() -> dict[str, tuple[Scope, tuple[str, ...]]]:
    """Four kinds of scope, each with serials of it."""
    draw = random.Random(20)
    scattered = tuple("".join(draw.choices(A1263.alphabet, k=16)) for _ in range(3000))
    sequential = tuple(f"ACF1B{number:011d}" for number in range(7_000, 12_000))
    ranges = (
        SerialRange("ZZ9CAB12K00100001", "ZZ9CAB12K00104200"),
        SerialRange("ZZ9CAB120001", "ZZ9CAB120850"),
        SerialRange("ZZ9ESTA1K0A2", "ZZ9ESTB1K0A2", Counting.ALPHABET),
    )
    in_ranges = tuple(f"ZZ9CAB12K{n:08d}" for n in range(100_001, 104_200, 37)) + tuple(
        f"ZZ9CAB12{n:04d}" for n in range(1, 850, 11)
    )
    pattern = "BS30P*[0-9D]"
    patterned = tuple(
        "BS30P" + "".join(draw.choices(A1263.alphabet, k=10)) + draw.choice("0123456789D")
        for _ in range(500)
    )
    folder = fresh_folder()
    return {
        "scattered": (listed_scope(scattered, A1263, folder / "a"), scattered),
        "sequential": (listed_scope(sequential, A1263, folder / "b"), sequential),
        "ranges": (ranged_scope(ranges, VIN), in_ranges),
        "pattern": (patterned_scope(pattern, A1263), patterned),
    }


def judged(text: str, scope: Scope, model: str = "") -> Decision:
    return first_look(text=text, models=(model,), versions=(version_of(scope, scope.form),))


kinds = st.sampled_from(["scattered", "sequential", "ranges", "pattern"])
seeds = st.integers(min_value=0, max_value=2**32)
models = st.sampled_from(["", "M1", "M2", "no such model"])


@given(kinds, seeds, models)
@settings(max_examples=1500, deadline=None)
def test_no_confusions_and_one_slip_are_ever_answered_not_affected(
    kind: str, seed: int, model: str
) -> None:
    scope, affected = scopes()[kind]
    draw = random.Random(seed)
    typed = mistyped(draw.choice(affected), scope.form, draw)
    assert judged(typed, scope, model).verdict in (Verdict.AFFECTED, Verdict.LOOK_AGAIN)


@given(kinds, seeds)
@settings(max_examples=800, deadline=None)
def test_after_a_look_again_no_typed_text_is_answered_not_affected(kind: str, seed: int) -> None:
    scope, affected = scopes()[kind]
    draw = random.Random(seed)
    serial = draw.choice(affected)
    attempts, given_before = Attempts(), set[str]()
    for typed in (
        mistyped(serial, scope.form, draw),
        mistyped(serial, scope.form, draw, slips=draw.randrange(4)),
        "".join(draw.choices(scope.form.alphabet, k=len(serial))),
    ):
        first = judged(typed, scope)
        decision = bound_by(attempts, first, same_again=first.read_as in given_before)
        assert decision.verdict is not NEVER
        if decision.verdict is not Verdict.LOOK_AGAIN:
            return
        given_before.add(first.read_as)
        attempts = attempts.after(digest=first.read_as, within_reach=decision.within_reach)


@given(kinds, seeds)
@settings(max_examples=300, deadline=None)
def test_the_same_misreading_entered_again_meets_a_person(kind: str, seed: int) -> None:
    scope, affected = scopes()[kind]
    draw = random.Random(seed)
    first = judged(mistyped(draw.choice(affected), scope.form, draw), scope)
    if first.verdict is Verdict.AFFECTED:
        return
    once = Attempts().after(digest=first.read_as, within_reach=first.within_reach)
    assert bound_by(once, first, same_again=True).verdict is Verdict.ASK_A_PERSON


def written(serial: str) -> set[str]:
    """Every skeleton that one slip makes of a skeleton, found by doing it."""
    letters = sorted({SMALL.skeleton(SMALL.fold(c)) for c in ANY_TYPED})
    results = {serial}
    for place in range(len(serial) + 1):
        head, tail = serial[:place], serial[place:]
        results |= {head + letter + tail for letter in letters}
        if tail:
            results.add(head + tail[1:])
            results |= {head + letter + tail[1:] for letter in letters}
        if len(tail) > 1:
            results.add(head + tail[1] + tail[0] + tail[2:])
    return results


SOME = st.lists(
    st.text(alphabet=SMALL.alphabet, min_size=4, max_size=6), min_size=1, max_size=12, unique=True
)


@given(SOME, seeds)
@settings(max_examples=60, deadline=None)
def test_the_reach_of_a_list_is_exactly_what_brute_force_finds(
    affected: list[str], seed: int
) -> None:
    draw = random.Random(seed)
    scope = listed_scope(affected, SMALL, fresh_folder())
    skeletons = {SMALL.skeleton(serial) for serial in affected}
    reachable = set().union(*(written(skeleton) for skeleton in skeletons))
    texts = [*draw.sample(sorted(every_text(SMALL, 4)), 150), *affected]
    texts += [mistyped(draw.choice(affected), SMALL, draw, slips=2) for _ in range(150)]
    for text in texts:
        folded = SMALL.fold(text)
        if scope.holds(folded):
            assert folded in affected
            continue
        expected = SMALL.skeleton(folded) in reachable
        assert (scope.reach(folded).nearness is not Nearness.FAR) == expected, text


@given(st.integers(0, 9990), st.integers(0, 400), seeds)
@settings(max_examples=60, deadline=None)
def test_a_range_reaches_exactly_as_far_as_the_list_of_its_serials(
    start: int, length: int, seed: int
) -> None:
    draw = random.Random(seed)
    end = min(start + length, 9999)
    as_range = ranged_scope([SerialRange(f"B{start:04d}", f"B{end:04d}")], VIN)
    serials = [f"B{number:04d}" for number in range(start, end + 1)]
    as_list = listed_scope(serials, VIN, fresh_folder())
    for _ in range(80):
        text = VIN.fold(mistyped(draw.choice(serials), VIN, draw, slips=draw.randrange(4)))
        assert as_range.holds(text) == as_list.holds(text)
        if not as_list.holds(text):
            assert as_range.reach(text) == as_list.reach(text), text


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_a_pattern_reaches_exactly_as_far_as_the_list_of_its_serials(seed: int) -> None:
    draw = random.Random(seed)
    as_pattern = patterned_scope("8?[0-2]Z", SMALL)
    places = as_pattern.described.patterns[0]
    serials = [
        text
        for text in every_text(SMALL, 4)
        if all(c in members for c, members in zip(text, places, strict=True))
    ]
    as_list = listed_scope(serials, SMALL, fresh_folder())
    for _ in range(80):
        text = SMALL.fold(mistyped(draw.choice(serials), SMALL, draw, slips=draw.randrange(4)))
        assert as_pattern.holds(text) == as_list.holds(text)
        if not as_list.holds(text):
            assert as_pattern.reach(text) == as_list.reach(text), text


def test_every_way_to_confuse_a_character_is_drawn_from() -> None:
    assert set(confusable(A1263)["0"]) == set("0ODQ")
    assert set(confusable(A1263)["1"]) == set("1IL")
