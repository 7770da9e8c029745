"""What is looked for in a photo: the products whose label it may be, or what was to be written."""

from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm


@dataclass(frozen=True)
class ProductForm:
    """What the label of a product says. `models`: its names as printed. `prefix`: what stands in
    front of its serial ("SN"), or empty."""

    models: tuple[str, ...]
    serial: SerialForm
    prefix: str = ""


@dataclass(frozen=True)
class LabelForm:
    """The products of which a label may be; with none, any text may be a serial."""

    products: tuple[ProductForm, ...] = ()


@dataclass(frozen=True)
class ExpectedMarking:
    """What should stand on the unit; empty where it was not asked. `date` is as it was shown."""

    word: str = ""
    code: str = ""
    name: str = ""
    date: str = ""
