"""The facts that a unit's photos give: how its label reads, and which marks were verified."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.photo_facts import LabelReads, facts_of_photos, nearest_reading
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.recalls.document.remedy import Mark
from tests.claims.readings import SEEN, UNSEEN, label_of, marking_of

LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
FORM = SerialForm(LETTERS, 10, 10, folding=(("I", "1"), ("O", "0")), look_alikes=("0D", "8B"))
SERIAL = "TW24013337"
AS_CLAIMED, OTHERWISE, UNREAD = LabelReads.AS_CLAIMED, LabelReads.OTHERWISE, LabelReads.UNREAD
WORD_AND_CODE = (Mark.WORD, Mark.CODE)


def reads(serial: str, *labels: LabelReading) -> LabelReads:
    facts = facts_of_photos(serial=serial, forms=[FORM], labels=labels, markings=(), asked=())
    return facts.label


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ([], UNREAD),
        ([LabelReading()], UNREAD),
        ([label_of(SERIAL)], AS_CLAIMED),
        ([label_of("TW24O13337")], AS_CLAIMED),
        ([label_of(SERIAL, doubtful=[4])], AS_CLAIMED),
        ([label_of("TW24D13337")], OTHERWISE),
        ([label_of("TW24D13337", doubtful=[4])], UNREAD),
        ([label_of("TW24D13338", doubtful=[4])], OTHERWISE),
        ([label_of("TW2401333")], OTHERWISE),
        ([label_of("TW24099999", SERIAL)], AS_CLAIMED),
        ([LabelReading(), label_of(SERIAL)], AS_CLAIMED),
        ([label_of("TW24099999"), label_of(SERIAL)], AS_CLAIMED),
        ([label_of("TW24099999"), label_of("TW24D13337", doubtful=[4])], UNREAD),
    ],
)
def test_how_the_label_reads(labels: Sequence[LabelReading], says: LabelReads) -> None:
    assert reads("tw 2401-3337", *labels) is says


def test_where_no_serial_is_claimed_no_label_reads_otherwise() -> None:
    assert reads("", label_of(SERIAL)) is UNREAD


@given(st.text(LETTERS, min_size=10, max_size=10), st.sets(st.integers(0, 9)), st.data())
def test_what_differs_only_in_doubt_never_makes_another_serial(
    serial: str, doubtful: set[int], data: st.DataObject
) -> None:
    read = "".join(
        data.draw(st.sampled_from(LETTERS)) if place in doubtful else character
        for place, character in enumerate(serial)
    )
    assert reads(serial, label_of(read, doubtful=sorted(doubtful))) is not OTHERWISE


@given(st.text(LETTERS, min_size=10, max_size=10), st.text(LETTERS, min_size=10, max_size=10))
def test_the_places_named_are_those_that_differ_once_both_are_folded(one: str, other: str) -> None:
    nearest = nearest_reading(one, [FORM], [label_of(other)])
    assert nearest is not None
    assert nearest.places is not None
    folded = zip(FORM.fold(one), FORM.fold(other), strict=True)
    assert nearest.places == tuple(place for place, (a, b) in enumerate(folded) if a != b)


MARKS = [
    ((), [], {}, False),
    (WORD_AND_CODE, [], {Mark.WORD: False, Mark.CODE: False}, False),
    (WORD_AND_CODE, [marking_of()], {Mark.WORD: True, Mark.CODE: True}, True),
    (WORD_AND_CODE, [marking_of(code=UNSEEN)], {Mark.WORD: True, Mark.CODE: False}, True),
    (WORD_AND_CODE, [marking_of(code=None)], {Mark.WORD: True, Mark.CODE: False}, True),
    (
        WORD_AND_CODE,
        [marking_of(UNSEEN, UNSEEN), marking_of()],
        {Mark.WORD: True, Mark.CODE: True},
        True,
    ),
    (
        WORD_AND_CODE,
        [marking_of(SEEN, UNSEEN), marking_of(UNSEEN, SEEN)],
        {Mark.WORD: True, Mark.CODE: False},
        True,
    ),
    ((Mark.WORD, Mark.DATE), [marking_of()], {Mark.WORD: True, Mark.DATE: False}, True),
]


@pytest.mark.parametrize(("asked", "markings", "marks", "is_read"), MARKS)
def test_which_marks_are_verified_in_the_photo_that_shows_most(
    asked: Sequence[Mark],
    markings: Sequence[MarkingReading],
    marks: dict[Mark, bool],
    is_read: bool,
) -> None:
    facts = facts_of_photos(serial="", forms=[FORM], labels=(), markings=markings, asked=asked)
    assert dict(facts.marks) == marks
    assert facts.is_marking_read is is_read
    missing = {mark for mark, is_seen in marks.items() if not is_seen}
    assert facts.missing_marks == (missing if is_read else set())


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("", {Mark.WORD: True}),
        ("Olga Quispe", {Mark.WORD: True, Mark.NAME: True}),
        ("Pavel Imagined", {Mark.WORD: True, Mark.NAME: False}),
    ],
)
def test_a_name_is_looked_for_in_what_was_read_before_it_was_known(
    name: str, marks: dict[Mark, bool]
) -> None:
    marking = marking_of(code=None, lines=["RECALLED", "OLGA QUISPE"])
    facts = facts_of_photos(
        serial="", forms=[], labels=(), markings=[marking], asked=(Mark.WORD, Mark.NAME), name=name
    )
    assert dict(facts.marks) == marks
