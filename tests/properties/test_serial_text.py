"""What must hold for the text of any serial of any form."""

import string

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.foundation.serial_pattern import expand, matches

CHARACTERS = string.digits + string.ascii_uppercase


@st.composite
def forms(draw: st.DrawFn) -> SerialForm:
    """Forms as a recall file accepts them: classes are disjoint, also once folded."""
    alphabet = draw(st.sets(st.sampled_from(CHARACTERS), min_size=2))
    mixed = draw(st.permutations(CHARACTERS))
    cuts = sorted(draw(st.lists(st.integers(0, 36), max_size=6)))
    pieces = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, 36], strict=True)]
    classes = ["".join(piece) for piece in pieces if 2 <= len(piece) <= 6]
    folding = {}
    for members in classes:
        outside = [c for c in members if c not in alphabet]
        inside = [c for c in members if c in alphabet]
        if outside and inside and draw(st.booleans()):
            folding[outside[0]] = draw(st.sampled_from(inside))
    return SerialForm(
        alphabet="".join(sorted(alphabet)),
        shortest=4,
        longest=20,
        folding=tuple(sorted(folding.items())),
        look_alikes=tuple(sorted(classes)),
    )


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=CHARACTERS), st.lists(st.sampled_from(" -–\u00a0\u200b"), max_size=20))
def test_spaces_dashes_and_case_change_nothing(serial: str, between: list[str]) -> None:
    places = max(len(serial), 1)
    typed = "".join(
        character + "".join(between[place::places]) for place, character in enumerate(serial)
    )
    assert normalise(typed.lower()) == serial


@given(forms(), st.data())
def test_look_alike_confusions_keep_the_skeleton(form: SerialForm, data: st.DataObject) -> None:
    serial = data.draw(st.text(alphabet=form.alphabet, min_size=4, max_size=20))
    members = {c: group for group in form.look_alikes for c in group}
    misread = "".join(data.draw(st.sampled_from(members.get(c, c))) for c in serial)
    assert form.skeleton(form.fold(misread)) == form.skeleton(form.fold(serial))


@given(forms(), st.data())
def test_what_is_no_look_alike_changes_the_skeleton(form: SerialForm, data: st.DataObject) -> None:
    one, other = data.draw(st.tuples(*[st.sampled_from(form.alphabet)] * 2))
    assert (form.skeleton(one) == form.skeleton(other)) == (other in form.alike[one])


@given(forms(), st.text(alphabet=CHARACTERS))
def test_fold_and_skeleton_keep_places_and_settle_at_once(form: SerialForm, text: str) -> None:
    folded = form.fold(text)
    skeleton = form.skeleton(folded)
    assert len(folded) == len(skeleton) == len(text)
    assert form.fold(folded) == folded
    assert form.skeleton(skeleton) == skeleton


@given(forms(), st.data())
def test_a_text_made_from_a_pattern_fits_it(form: SerialForm, data: st.DataObject) -> None:
    token = st.one_of(st.sampled_from(form.alphabet), st.just("?"))
    tokens = data.draw(st.lists(token, min_size=1, max_size=8))
    place = data.draw(st.integers(0, len(tokens)))
    run = data.draw(st.text(alphabet=form.alphabet, max_size=6))
    pattern = "".join(tokens[:place]) + "*" + "".join(tokens[place:])
    filled = [data.draw(st.sampled_from(form.alphabet)) if t == "?" else t for t in tokens]
    text = "".join(filled[:place]) + run + "".join(filled[place:])
    expansions = expand(pattern, alphabet=form.alphabet, shortest=1, longest=20)
    assert any(matches(places, text) for places in expansions)


@given(forms(), st.text(alphabet=CHARACTERS, min_size=1, max_size=8), st.data())
def test_an_expansion_holds_exactly_what_the_pattern_says(
    form: SerialForm, text: str, data: st.DataObject
) -> None:
    pattern = data.draw(st.text(alphabet=form.alphabet, min_size=1, max_size=8))
    (places,) = expand(pattern, alphabet=form.alphabet, shortest=1, longest=20)
    assert matches(places, text) == (text == pattern)
