"""The pictures: well-formed, made from the product's data, without a style or a serial."""

import tomllib
from xml.etree import ElementTree

import pytest

from recalldesk.portal.drawings import icon, label_picture, product_picture
from recalldesk.portal.drawings.icons import _SIGNS
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import Product, Shape
from tests.portal.published import EXAMPLES


def products() -> list[Product]:
    files = sorted(EXAMPLES.glob("*/recall.toml"))
    documents = [Document.model_validate(tomllib.loads(file.read_text())) for file in files]
    return [product for document in documents for product in document.products]


def blank_characters(markup: str) -> int:
    group = ElementTree.fromstring(markup).find("g[@fill='var(--ink)']")
    assert group is not None
    return len(group)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#2f5d9b"])
def test_each_shape_is_drawn_in_the_variants_colour(shape: Shape, colour: str) -> None:
    markup = product_picture(shape, colour, "A thing <here>")
    root = ElementTree.fromstring(markup)
    assert root.get("aria-label") == "A thing <here>"
    assert colour in markup
    assert not [element for element in root.iter() if element.get("style")]


def test_what_is_engraved_is_shown_and_escaped() -> None:
    markup = product_picture(Shape.POWER_BANK, "#26262a", engraved="<Ank&")
    assert ElementTree.fromstring(markup).findtext("text") == "<Ank&"
    assert "<text" not in product_picture(Shape.POWER_BANK, "#26262a", engraved="far too long")


@pytest.mark.parametrize("product", products(), ids=lambda product: product.key)
def test_a_label_shows_how_many_characters_to_look_for(product: Product) -> None:
    markup = label_picture(product, "en")
    assert blank_characters(markup) == product.serial.longest
    assert str(product.serial.longest) in markup
    description = ElementTree.fromstring(markup).findtext("desc")
    assert description is not None
    assert description.startswith(product.serial.where["en"])


@pytest.mark.parametrize("shape", Shape)
def test_each_shape_has_a_face(shape: Shape) -> None:
    product = products()[0]
    drawing = product.drawing.model_copy(update={"shape": shape})
    ElementTree.fromstring(label_picture(product.model_copy(update={"drawing": drawing}), "es"))


@pytest.mark.parametrize("length", [4, 16, 40])
def test_the_blank_characters_stay_within_their_box(length: int) -> None:
    product = products()[0]
    serial = product.serial.model_copy(update={"longest": length, "prefix": "S/N NO"})
    markup = label_picture(product.model_copy(update={"serial": serial}), "en")
    group = ElementTree.fromstring(markup).find("g[@fill='var(--ink)']")
    assert group is not None
    last = group[-1]
    assert float(last.get("x", "")) + float(last.get("width", "")) <= 257


def test_text_from_data_is_escaped() -> None:
    product = products()[0]
    drawing = product.drawing.model_copy(update={"label_lines": ("<script>", '"&')})
    markup = label_picture(product.model_copy(update={"drawing": drawing}), "en")
    assert "<script>" not in markup
    ElementTree.fromstring(markup)


@pytest.mark.parametrize("name", sorted(_SIGNS))
def test_signs_are_hidden_from_readers(name: str) -> None:
    assert ElementTree.fromstring(icon(name)).get("aria-hidden") == "true"
