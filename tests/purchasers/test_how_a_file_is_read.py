"""How a file was read is said in people's words; lines that were not taken by their reasons."""

import pytest

from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.reading import Reject
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.purchasers.importing.rejected import SHOWN, Rejects
from recalldesk.purchasers.reads.read_as import COLUMNS, read_as


def test_every_column_has_words() -> None:
    assert set(COLUMNS) == set(Field)


@pytest.mark.parametrize(
    ("order", "said"), [("mdy", "month first (06/01/2024 is 1 June)"), ("ymd", "year first")]
)
def test_no_word_of_the_machine_is_left(order: str, said: str) -> None:
    told = dict(
        read_as(
            {
                "variant": "amazon, all orders",
                "encoding": "cp1252",
                "separator": "tab",
                "day_order": order,
                "heading_line": 3,
                "suffix": ".txt",
                "columns": {"ordered_on": "purchase-date", "order": "amazon-order-id"},
            }
        )
    )
    assert told["Date"].startswith(said)
    assert list(told)[-2:] == ["Order number", "Day of the order"], "in the people's order"
    assert told["Form"] == "Amazon, all orders"
    assert told["Written as"] == "Windows, Western European, columns set apart by tabs"
    assert told["Day of the order"] == "“purchase-date”"
    assert not {"_", "mdy", "cp1252"} & set(" ".join([*told, *told.values()]).split())


def test_what_is_not_known_is_shown_as_it_stands() -> None:
    told = dict(read_as({"encoding": "koi8-r", "day_order": "x", "columns": {"colour": "Color"}}))
    assert told == {"Written as": "koi8-r", "Date": "x", "Colour": "“Color”"}


def test_a_shop_is_called_as_its_mapping_file_does() -> None:
    told = dict(read_as({"variant": "Example", "mapping": {"channel": "Example Shop"}}))
    assert told == {"Shop": "Example Shop", "Form": "as the mapping file says"}


def test_rejects_are_grouped_most_first_then_by_line() -> None:
    came = [Reject(9, OrderReject.NUL, b"", ""), Reject(4, OrderReject.STRAY_QUOTE, b"", "")]
    came += [Reject(30 - at, OrderReject.NO_ORDER, b"", "") for at in range(SHOWN + 2)]
    passed = Rejects()
    assert list(passed.passing(came)) == came
    first = passed.first()
    assert [each.reason for each in first[:SHOWN]] == [OrderReject.NO_ORDER] * SHOWN
    assert [each.number for each in first[:SHOWN]] == sorted(30 - at for at in range(SHOWN))
    assert passed.reasons[OrderReject.NO_ORDER] == SHOWN + 2
    assert {each.number for each in first[SHOWN:]} == {9, 4}
