"""Promise 1, for scanners: no scan settles a text that is, holds or begins a covered serial."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.live_versions import all_at_once
from recalldesk.units.verdict.rules import Decision
from recalldesk.units.verdict.scanned import settled_by_scan
from recalldesk.units.verdict.scope import Scope
from tests.folders import fresh_folder
from tests.properties.test_the_reach_rule import scopes
from tests.scopes import A1263, SMALL, first_look, listed_scope, mistyped, version_of

SERIALS = st.lists(
    st.text(alphabet=SMALL.alphabet, min_size=4, max_size=6), min_size=1, max_size=12, unique=True
)
SEEDS = st.integers(min_value=0, max_value=2**32)
GLUED = ("", "S", "SN", "1", "21", "B", "OO", " ", "-", "\x1d")


def settled(text: str, scope: Scope) -> Decision | None:
    versions = (version_of(scope, scope.form),)
    first = first_look(text=text, versions=versions)
    return settled_by_scan(first, text=text, models=(), live=all_at_once(versions))


@given(SERIALS, SEEDS)
@settings(max_examples=80, deadline=None)
def test_of_a_form_with_several_lengths(affected: list[str], seed: int) -> None:
    draw = random.Random(seed)
    scope = listed_scope(affected, SMALL, fresh_folder())
    texts = ["".join(draw.choices(SMALL.alphabet, k=draw.randrange(3, 8))) for _ in range(60)]
    for _ in range(60):
        serial = draw.choice(affected)
        texts += [mistyped(serial, SMALL, draw), serial[:-1], serial[1:], serial]
        texts.append(draw.choice(GLUED) + serial + draw.choice(GLUED))
    for text in texts:
        if settled(text, scope) is None:
            continue
        assert SMALL.is_well_formed(text), "as it stands, with nothing folded or left off"
        assert not any(serial in text for serial in affected)
        longer = {serial for serial in affected if len(serial) == len(text) + 1}
        assert not any(serial.startswith(text) or serial.endswith(text) for serial in longer)


@given(st.sampled_from(["scattered", "sequential", "ranges", "pattern"]), SEEDS)
@settings(max_examples=400, deadline=None)
def test_of_each_kind_of_scope(kind: str, seed: int) -> None:
    scope, affected = scopes()[kind]
    draw = random.Random(seed)
    serial = draw.choice(affected)
    glued = draw.choice(GLUED) + serial + draw.choice(GLUED)
    for text in (serial, serial[1:], serial[:-1], glued, mistyped(serial, scope.form, draw)):
        decision = settled(text, scope)
        if decision is not None:
            assert not scope.holds(text)
            assert serial not in text
            assert scope.form.is_well_formed(text)


@given(SEEDS)
@settings(max_examples=200, deadline=None)
def test_it_does_settle_what_was_only_feared_to_be_a_slip(seed: int) -> None:
    scope, affected = scopes()["scattered"]
    draw = random.Random(seed)
    serial, place = draw.choice(affected), draw.randrange(16)
    other = draw.choice([c for c in A1263.alphabet if c != serial[place]])
    text = serial[:place] + other + serial[place + 1 :]
    assert first_look(text=text, versions=(version_of(scope, A1263),)).within_reach
    decision = settled(text, scope)
    assert decision is not None
    assert decision.verdict is Verdict.NOT_AFFECTED
