"""Promise 1, for photos: whatever is read on the label of an affected unit, and whatever was typed,
nobody is told "not affected"; only that the engine marks a wrong character as doubtful is taken for
granted.
"""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.seen import LabelReading, SerialCandidate, Source
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.live_versions import all_at_once
from recalldesk.units.verdict.photographed import Photographed, TypedText, seen_in_photo
from recalldesk.units.verdict.rules import Decision, bound_by, look
from recalldesk.units.verdict.scope import Scope
from tests.folders import fresh_folder
from tests.labels import candidate, code, label, wrong_places
from tests.properties.test_the_reach_rule import scopes
from tests.scopes import A1263, SMALL, listed_scope, mistyped, slip, version_of

SERIALS = st.lists(
    st.text(alphabet=SMALL.alphabet, min_size=4, max_size=6), min_size=1, max_size=12, unique=True
)
SEEDS = st.integers(min_value=0, max_value=2**32)
KINDS = st.sampled_from(["scattered", "sequential", "ranges", "pattern"])


def decided(text: str, photo: Photographed, scope: Scope, attempts: Attempts) -> Decision:
    """As `check_serial` decides, with a fresh index."""
    live = all_at_once((version_of(scope, scope.form),))
    first = look(text, live)
    if first.verdict is Verdict.AFFECTED:
        return first
    bound = bound_by(attempts, first, same_again=False)
    return seen_in_photo(TypedText(text, first, bound, same_again=False), photo, live)


def misread(printed: str, text: str, form: SerialForm, draw: random.Random) -> SerialCandidate:
    """A reading of what is printed, each wrong character of which is doubtful; like as not it is
    just what was typed."""
    read = form.fold(text) if draw.random() < 0.6 else mistyped(printed, form, draw)
    wrong = wrong_places(read, printed)
    more = {draw.randrange(len(read)) for _ in range(draw.choice((0, 0, 1)))} if read else set()
    source = Source.PRINT if wrong or draw.random() < 0.8 else Source.BAR_CODE
    return candidate(read, wrong | more, source)


def any_label(printed: str, text: str, form: SerialForm, draw: random.Random) -> LabelReading:
    """A label with the serial, and whatever else may stand there."""
    others = [mistyped(printed, form, draw) for _ in range(draw.choice((0, 0, 1, 2)))]
    codes = [code(f"https://made.up/{text}"), code("0123456789012", "EAN13")]
    return label(
        misread(printed, text, form, draw),
        *(candidate(o, range(len(o))) for o in others),
        lines=draw.choice(([], [f"SN {text}"], ["Model M1", printed], [text, printed])),
        codes=codes[: draw.randrange(3)],
        model=draw.choice(("", "M1", "M2")),
    )


def never_not_affected(scope: Scope, affected: list[str], draw: random.Random) -> None:
    printed = draw.choice(affected)
    text = mistyped(printed, scope.form, draw, slips=draw.choice((0, 1)))
    photo = Photographed(
        any_label(printed, text, scope.form, draw),
        earlier=tuple(misread(printed, text, scope.form, draw) for _ in range(draw.randrange(3))),
        is_retyped=draw.random() < 0.5,
        is_last_photo=draw.random() < 0.3,
        is_last_text=draw.random() < 0.3,
    )
    for attempts in (Attempts(), Attempts(2, True, ("x",))):
        decision = decided(text, photo, scope, attempts)
        assert decision.verdict is not Verdict.NOT_AFFECTED, (printed, text, photo)


@given(SERIALS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_reading_settles_a_text_within_reach_of_the_unit(affected: list[str], seed: int) -> None:
    scope, draw = listed_scope(affected, SMALL, fresh_folder()), random.Random(seed)
    for _ in range(30):
        never_not_affected(scope, affected, draw)


@given(KINDS, SEEDS)
@settings(max_examples=200, deadline=None)
def test_nor_in_any_kind_of_scope(kind: str, seed: int) -> None:
    scope, affected = scopes()[kind]
    never_not_affected(scope, list(affected), random.Random(seed))


@given(KINDS, SEEDS)
@settings(max_examples=200, deadline=None)
def test_a_truthful_reading_of_an_affected_label_is_affected(kind: str, seed: int) -> None:
    """Whatever was typed, also far from it."""
    scope, affected = scopes()[kind]
    draw = random.Random(seed)
    printed, other = draw.choice(affected), draw.choice(affected)
    text = draw.choice((mistyped(printed, scope.form, draw, slips=3), mistyped(other, A1263, draw)))
    decision = decided(text, Photographed(label(candidate(printed))), scope, Attempts())
    assert decision.verdict is Verdict.AFFECTED


@given(SERIALS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_what_is_settled_is_what_both_eyes_and_photo_read(affected: list[str], seed: int) -> None:
    """Of honest units beside the recalled ones, and of readings of them however wrong."""
    scope, draw = listed_scope(affected, SMALL, fresh_folder()), random.Random(seed)
    for _ in range(30):
        text = mistyped(draw.choice(affected), SMALL, draw)
        seen = list(text)
        if draw.random() < 0.3:
            slip(seen, draw)
        read = candidate("".join(seen))
        decision = decided(text, Photographed(label(read)), scope, Attempts(2, True, ("x",)))
        if decision.verdict is Verdict.NOT_AFFECTED:
            assert SMALL.fold(text) == SMALL.fold(read.text) == decision.read_as
            assert decision.read_as not in affected


@given(SEEDS)
@settings(max_examples=200, deadline=None)
def test_it_does_settle_an_honest_neighbour(seed: int) -> None:
    scope, affected = scopes()["scattered"]
    draw = random.Random(seed)
    serial, place = draw.choice(affected), draw.randrange(16)
    other = draw.choice([c for c in A1263.alphabet if c != serial[place]])
    text = serial[:place] + other + serial[place + 1 :]
    decision = decided(text, Photographed(label(candidate(text))), scope, Attempts(1, True, ("x",)))
    assert decision.verdict is Verdict.NOT_AFFECTED
