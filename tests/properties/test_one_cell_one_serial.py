"""However serials are written, two in one cell never become one."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.importing.judging import SerialCheck, judge
from recalldesk.units.states import RejectReason
from tests.units.desk import FORM

FORMS = st.sampled_from(
    [FORM, replace(FORM, shortest=6, longest=24), replace(FORM, shortest=8, longest=8),
     replace(FORM, shortest=2, longest=4)]
)  # fmt: skip
LETTERS = st.sampled_from("0123456789ABTWOI")
APART = st.sampled_from(
    [" ", "  ", "\t", "\u00a0", "\u2028", "\x0b", "\x1d", "\u200b", " - ", "\r"]
)
HARD = st.text(st.sampled_from("AB01TW -\u2013\t\u2028\x0b\u200b\u00a0é'/"), max_size=16)


def serials(form: SerialForm) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=form.shortest, max_size=form.longest)


@given(drawn=st.data(), form=FORMS, between=APART)
def test_two_serials_with_space_between_them_are_never_taken(
    drawn: st.DataObject, form: SerialForm, between: str
) -> None:
    cell = f"{drawn.draw(serials(form))}{between}{drawn.draw(serials(form))}"
    assert judge(cell, form) is RejectReason.NOT_ONE_SERIAL
    assert SerialCheck(form).folded([cell]) == ([], [0])


@given(drawn=st.data(), form=FORMS, places=st.sets(st.integers(1, 23)), mark=st.sampled_from(" -"))
def test_one_serial_in_parts_that_are_none_is_taken(
    drawn: st.DataObject, form: SerialForm, places: set[int], mark: str
) -> None:
    serial = drawn.draw(serials(form))
    cuts = [0, *sorted(place for place in places if place < len(serial)), len(serial)]
    parts = [serial[begin:end] for begin, end in pairwise(cuts)]
    if len(serial) < 2 * form.shortest and all(len(part) < form.shortest for part in parts):
        assert judge(mark.join(parts), form) == form.fold(normalise(serial))


@given(drawn=st.data(), form=FORMS)
def test_a_range_written_with_a_dash_is_never_taken(drawn: st.DataObject, form: SerialForm) -> None:
    start = drawn.draw(serials(form))
    end = start[:2] + drawn.draw(st.text(LETTERS, min_size=len(start) - 2, max_size=len(start) - 2))
    assert isinstance(judge(f"{start}-{end}", form), RejectReason)


@settings(max_examples=300)
@given(cells=st.lists(HARD, min_size=1, max_size=6), form=FORMS)
@example(cells=["TW24013337-TW24013399", "AB1201"], form=replace(FORM, shortest=6, longest=24))
@example(cells=["TW24013337\u2013TW24013399"], form=replace(FORM, shortest=6, longest=24))
def test_cells_together_are_judged_as_each_alone(cells: list[str], form: SerialForm) -> None:
    taken, doubtful = SerialCheck(form).folded(cells)
    sure = [cell for index, cell in enumerate(cells) if index not in doubtful]
    assert taken == [judge(cell, form) for cell in sure]
