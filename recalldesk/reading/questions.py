"""What is asked of a photo, as JSON and back, for the process that reads apart.

Guarantee: what is read back equals what was written.
"""

from typing import Any

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.asked import ExpectedMarking, LabelForm, ProductForm

Written = dict[str, Any]


def label_form_written(form: LabelForm) -> Written:
    """In lists, texts and numbers only."""
    return {
        "products": [
            {
                "models": list(product.models),
                "prefix": product.prefix,
                "serial": _serial_form_written(product.serial),
            }
            for product in form.products
        ]
    }


def label_form_read(written: Written) -> LabelForm:
    """Raises KeyError, TypeError or ValueError where it is no such form."""
    return LabelForm(
        tuple(
            ProductForm(
                tuple(product["models"]), _serial_form_read(product["serial"]), product["prefix"]
            )
            for product in written["products"]
        )
    )


def marking_written(expected: ExpectedMarking) -> Written:
    """As texts by name."""
    return {
        "word": expected.word,
        "code": expected.code,
        "name": expected.name,
        "date": expected.date,
    }


def marking_read(written: Written) -> ExpectedMarking:
    """Raises KeyError where it is no such expectation."""
    return ExpectedMarking(written["word"], written["code"], written["name"], written["date"])


def _serial_form_written(form: SerialForm) -> Written:
    return {
        "alphabet": form.alphabet,
        "shortest": form.shortest,
        "longest": form.longest,
        "folding": [list(pair) for pair in form.folding],
        "look_alikes": list(form.look_alikes),
        "shapes": [["".join(sorted(place)) for place in shape] for shape in form.shapes],
    }


def _serial_form_read(written: Written) -> SerialForm:
    return SerialForm(
        written["alphabet"],
        written["shortest"],
        written["longest"],
        tuple((typed, meant) for typed, meant in written["folding"]),
        tuple(written["look_alikes"]),
        tuple(tuple(frozenset(place) for place in shape) for shape in written["shapes"]),
    )
