"""What is looked for on a photo is what the recall's document says of labels and marks."""

from datetime import date

import pytest

from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.recalls.document import Document
from recalldesk.recalls.label_forms import expected_marking, label_form_of
from recalldesk.recalls.recall_file import read_recall_file
from tests.cast import recall_text

DAY = date(2026, 11, 26)
CODE = "4829-1375"


def document(*changes: tuple[str, str]) -> Document:
    text = recall_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return read_recall_file(text)


def test_a_product_is_known_by_its_model_first_then_by_its_names() -> None:
    kettle = document()
    (form,) = label_form_of([kettle]).products
    assert form.models == ("K20", "Tidewater Kettle")
    assert form.prefix == "SN"
    assert form.serial == kettle.products[0].serial.form


def test_the_same_product_of_two_recalls_is_looked_for_once() -> None:
    assert label_form_of([document(), document()]) == label_form_of([document()])
    assert label_form_of([]) == LabelForm()


def test_a_name_that_two_models_share_tells_neither() -> None:
    other = document(('model = "K20"', 'model = "K21"'))
    named = [form.models for form in label_form_of([document(), other]).products]
    assert named == [("K20",), ("K21",)]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ('"word", "code"', ExpectedMarking("RECALLED", CODE)),
        ('"word", "name"', ExpectedMarking("RECALLED")),
        ('"code", "date"', ExpectedMarking(code=CODE, date="2026-11-26")),
        ("", ExpectedMarking()),
    ],
)
def test_only_what_was_asked_is_expected(marks: str, expected: ExpectedMarking) -> None:
    asked = document(('marks = ["word", "code"]', f"marks = [{marks}]"))
    assert expected_marking(asked, code=CODE, shown_on=DAY) == expected


def test_without_a_document_the_code_is_expected() -> None:
    assert expected_marking(None, code=CODE, shown_on=DAY) == ExpectedMarking(code=CODE)
