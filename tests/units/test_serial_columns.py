"""Which column is read: what is not clear is refused, with the headings that were found."""

from dataclasses import replace

import pytest

from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.run import Columns
from tests.units.desk import Desk, tally


def test_the_column_asked_for_is_read(desk: Desk) -> None:
    desk.take("serial,label\nAB1201,AB1301\n", columns=Columns(serial="Label"))
    assert desk.serials() == {"AB1301"}


def test_the_only_column_may_have_any_name_if_it_is_asked_for(desk: Desk) -> None:
    desk.take("device code\nAB1201\n", columns=Columns(serial="device code"))
    assert desk.serials() == {"AB1201"}


@pytest.mark.parametrize(
    ("content", "columns", "says"),
    [
        ("model,code\nx,AB1201\n", Columns(), '"model", "code"'),
        ("serial,sn\nAB1201,AB1201\n", Columns(), '"serial", "sn"'),
        ("serial,start,end\nAB1201,AB1201,AB1202\n", Columns(), "More than one column"),
        ("serial,model\nAB1201,x\n", Columns(serial="code"), '"serial", "model"'),
        ("code,code\nAB1201,AB1202\n", Columns(serial="code"), "Several columns"),
        ("AB1201,AB1209\n", Columns(), "--start-column"),
        ("numbers\nAB1201\n", Columns(), '--column "numbers"'),
        ("start,end\nAB1201,AB1209\n", Columns(start="start"), "serials or ranges"),
        ("sep=:\nserial:note\nAB1201:x\n", Columns(), '":" separates'),
        ("sep=;\n", Columns(), "only says how"),
        ("sep=;\nserial,note\nAB1201,x\n", Columns(), '"serial,note"'),
        ("AB1201\nserial\nAB1202\n", Columns(), "stand above it"),
        ("AB1201\nserial;note\nAB1202;x\n", Columns(), "stand above it"),
        ("Kettle\nAB1202\n", Columns(), "could be a title"),
    ],
)
def test_what_is_not_clear_is_refused(
    desk: Desk, content: str, columns: Columns, says: str
) -> None:
    with pytest.raises(ColumnsNotClear) as refusal:
        desk.take(content, columns=columns)
    assert says in str(refusal.value)
    assert desk.serials() == set()


def test_a_heading_that_could_be_a_serial_is_refused(desk: Desk) -> None:
    desk.form = replace(desk.form, alphabet=desk.form.alphabet + "IS", folding=())
    with pytest.raises(ColumnsNotClear, match="could be a heading and a serial"):
        desk.take("SERIAL\nAB1201\n")
    desk.take("SERIAL\nAB1201\n", columns=Columns(serial="SERIAL"))
    assert desk.serials() == {"AB1201"}


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "sep=;;"])
def test_the_separator_that_a_spreadsheet_says_is_the_one(desk: Desk, said: str) -> None:
    report = desk.take(f"{said}\nserial;note\nAB1201;a,b\n;\nAB1202;c\n")
    assert tally(report) == (5, 2, 2, 0, 0, 1)
    assert desk.serials() == {"AB1201", "AB1202"}


def test_a_separator_may_stand_above_a_file_of_one_column(desk: Desk) -> None:
    assert tally(desk.take("sep=,\n\nAB1201\nAB1202\n")) == (4, 1, 2, 0, 0, 1)
    assert tally(desk.take("sep=\t\nserial\nAB1203\n")) == (3, 2, 1, 0, 0, 0)
    assert desk.serials() == {"AB1201", "AB1202", "AB1203"}


def test_a_title_of_several_words_is_no_serial(desk: Desk) -> None:
    desk.form = replace(desk.form, longest=24, alphabet=desk.form.alphabet + "S")
    for title in ("List of units", "Kettles 2024"):
        with pytest.raises(ColumnsNotClear):
            desk.take(f"{title}\nAB1201\n")
