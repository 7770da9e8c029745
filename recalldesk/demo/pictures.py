"""Photographs of products for the demo: drawn from a seed, and added to the recall file of A1263.

Guarantee: the firm's own photographs are nobody's to show here; each that stands in for one says
MADE UP on itself, and the recall file says that its pictures are made up.
"""

from collections.abc import Callable, Mapping

from PIL import Image

from recalldesk.demo.photos.conditions import as_jpeg
from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.demo.photos.products import draw_kettle, draw_power_banks
from recalldesk.demo.photos.units import Colour
from recalldesk.recalls.starting import TEMPLATE_NAME

A1263 = "anker-a1263"
COLOURS: tuple[Colour, ...] = (
    (38, 38, 42),
    (47, 93, 155),
    (179, 38, 46),
    (236, 234, 228),
)
"""As the variants of the file have them, in its order."""
PLACEHOLDER = "0000 0000 0000 0000"
"""In the place of a serial: one that anybody could type would be taken for theirs."""
WITH_PICTURES = """
[[products.photographs]]
file = "a1263-front.jpg"
caption = { en = "Four power banks from the front: black, blue, red and white, each with the name \
Anker in its middle.", es = "Cuatro baterías externas por delante: negra, azul, roja y blanca, \
cada una con el nombre Anker en el centro." }

[[products.photographs]]
file = "a1263-label.jpg"
caption = { en = "The label on the bottom: the model, and below it the serial number after SN.", \
es = "La etiqueta de la parte inferior: el modelo y, debajo, el número de serie después de SN." }
shows_serial = true

[products.made]"""


def _power_banks() -> Image.Image:
    return draw_power_banks(COLOURS, "Anker", 7)


def _label() -> Image.Image:
    return draw_label(PLACEHOLDER, "A1263", 5, look=Look.DARK_ON_WHITE, has_bar_code=False)


def _kettle() -> Image.Image:
    return draw_kettle(3)


DRAWN: Mapping[str, Mapping[str, Callable[[], Image.Image]]] = {
    A1263: {"a1263-front.jpg": _power_banks, "a1263-label.jpg": _label},
    TEMPLATE_NAME: {"k20-front.jpg": _kettle},
}
"""By the recall, or the file that `recall new` starts from, and the file's name."""


def with_pictures(text: str) -> str:
    """The recall file of A1263 with two made-up photographs; any other as it is."""
    if f'recall = "{A1263}"' not in text:
        return text
    text = text.replace("\n[products.made]", WITH_PICTURES, 1)
    return text.replace("made_up = [", 'made_up = [\n  "products[a1263].photographs",', 1)


def drawn_picture(recall: str, file: str) -> bytes:
    """The made-up photograph of this name, as JPEG. Raises KeyError where there is none."""
    return as_jpeg(DRAWN[recall][file]())
