"""Which column is read: what is not clear is refused, with the headings that were found."""

from dataclasses import replace

import pytest

from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.run import Columns
from tests.units.desk import Desk


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
