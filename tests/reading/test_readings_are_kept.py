"""A reading is kept as text, and a question travels as text: what comes back is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.reading.kept import (
    label_as_json,
    label_from_json,
    marking_as_json,
    marking_from_json,
)
from recalldesk.reading.questions import (
    label_form_read,
    label_form_written,
    marking_read,
    marking_written,
)
from recalldesk.reading.seen import (
    BarCode,
    LabelReading,
    Line,
    Mark,
    MarkingReading,
    SerialCandidate,
)
from tests.reading.test_a_serial_is_found_in_lines import SHAPED
from tests.reading.written import ANY_FORM, FORM

sure = st.floats(0, 1)
points = st.tuples(sure, sure)
boxes = st.tuples(points, points, points, points)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
of_characters = st.lists(sure, max_size=12).map(tuple)
lines = st.builds(
    Line, texts, sure, of_characters=of_characters, box=boxes, turn=st.sampled_from((0, 90))
)
labels = st.builds(
    LabelReading,
    model=texts,
    candidates=st.lists(
        st.builds(
            SerialCandidate,
            text=texts,
            confidence=sure,
            of_characters=of_characters,
            doubtful=st.lists(st.integers(0, 40)).map(tuple),
            box=boxes,
        ),
        max_size=3,
    ).map(tuple),
    bar_codes=st.lists(st.builds(BarCode, texts, texts, boxes), max_size=2).map(tuple),
    lines=st.lists(lines, max_size=3).map(tuple),
)
marks = st.none() | st.builds(Mark, sure, st.booleans())
markings = st.builds(
    MarkingReading, marks, marks, marks, marks, lines=st.lists(lines, max_size=3).map(tuple)
)


@given(labels)
def test_a_label_is_kept_as_it_is(reading: LabelReading) -> None:
    assert label_from_json(label_as_json(reading)) == reading


@given(markings)
def test_a_marking_is_kept_as_it_is(reading: MarkingReading) -> None:
    assert marking_from_json(marking_as_json(reading)) == reading


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"format": 0}', '{"format": 1}', '{"format":1,"lines":7,"model":1}'],
)
def test_another_text_is_no_reading(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own errors are such too
        label_from_json(text)
    with pytest.raises(ValueError):  # noqa: PT011
        marking_from_json(text)


@pytest.mark.parametrize("form", [ANY_FORM, FORM, SHAPED])
def test_a_form_travels_as_it_is(form: LabelForm) -> None:
    assert label_form_read(label_form_written(form)) == form


@given(st.builds(ExpectedMarking, texts, texts, texts, texts))
def test_what_is_expected_travels_as_it_is(expected: ExpectedMarking) -> None:
    assert marking_read(marking_written(expected)) == expected
