"""Messages that the desk writes often, in every language of the pages; edited before they go.

Guarantee: each names the claim by its reference only, and says what the owner can do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy, override

from recalldesk.claims.brands import brand_of
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.models import Filing
from recalldesk.recalls.document.firm import Brand


class Template(StrEnum):
    """What the message is about."""

    LABEL_PHOTO = "label_photo"
    MARKING_PHOTO = "marking_photo"
    RECEIPT = "receipt"
    ADDRESS = "address"
    REMEDY = "remedy"
    SERIAL = "serial"
    ALL_MARKED = "all_marked"
    CALL = "call"
    WAIT = "wait"


@dataclass(frozen=True)
class Filled:
    """A template, ready to be edited. `title` is for the desk."""

    key: Template
    title: str
    text: str
    asks: bool


TITLES = {
    Template.LABEL_PHOTO: gettext_lazy("Another photo of the label"),
    Template.MARKING_PHOTO: gettext_lazy("Another photo of what was written"),
    Template.RECEIPT: gettext_lazy("A photo of the receipt"),
    Template.ADDRESS: gettext_lazy("The whole address"),
    Template.REMEDY: gettext_lazy("Which remedy"),
    Template.SERIAL: gettext_lazy("The serial once more"),
    Template.ALL_MARKED: gettext_lazy("Photos of a whole list, all units marked"),
    Template.CALL: gettext_lazy("We did not reach you by phone"),
    Template.WAIT: gettext_lazy("It takes longer than we said"),
}
ANSWERS_ONLY = frozenset({Template.CALL, Template.WAIT})
"""With these nothing is asked that the claim waits for."""


def filled_template(key: str, filing: Filing) -> str:
    """The text of a template for a claim, in its owner's language. Raises FieldsRefused."""
    if key not in set(Template):
        raise FieldsRefused({"template": FieldProblem.MISSING})
    return _filled(Template(key), filing, brand_of(filing))


def _filled(template: Template, filing: Filing, brand: Brand) -> str:
    with override(filing.language):
        said = _TEXTS[template]()
        opening = gettext("About your claim %(reference)s:") % {"reference": filing.reference}
        closing = gettext("You cannot do this, or have a question? Answer here, or call %(phone)s.")
        return "\n\n".join((opening, said, closing % {"phone": brand.phone_shown}))


def templates_for(filing: Filing, language: str) -> tuple[Filled, ...]:
    """All templates for a claim, with titles in the language of whoever reads them."""
    with override(language):
        titles = {key: str(title) for key, title in TITLES.items()}
    brand = brand_of(filing)
    return tuple(
        Filled(key, titles[key], _filled(key, filing, brand), asks=key not in ANSWERS_ONLY)
        for key in Template
    )


def _label_photo() -> str:
    return gettext(
        "We cannot read the serial number in your photo. Please take another one of the label: "
        "close, in daylight, without flash, so that each character is sharp."
    )


def _marking_photo() -> str:
    return gettext(
        "We cannot see what you were asked to write on the product. Please take another photo that "
        "shows all of it, close and sharp. What to write stands on the page of your claim."
    )


def _receipt() -> str:
    return gettext(
        "Please send us a photo of the receipt, or of another proof of where you got it."
    )


def _address() -> str:
    return gettext(
        "The address that you gave us is not complete. Please write it to us once more, with house "
        "number, flat and postal code."
    )


def _remedy() -> str:
    return gettext("Please tell us which of the remedies of this recall you would like.")


def _serial() -> str:
    return gettext(
        "The label in your photo seems to read otherwise than the serial number that you typed. "
        "Please look at the label once more and write to us what stands there, each character."
    )


def _all_marked() -> str:
    return gettext(
        "Please write RECALLED and the reference of your claim on each unit of your list, large "
        "and on the front. Lay them side by side, a layer at a time, so that what is written can "
        "be read, and take a photo of each layer. Then take five of them at random, and a photo "
        "of the label of each. Send the photos with your answer. Leave out every unit that is hot, "
        "swollen or leaking: do not touch it, and tell us its line."
    )


def _call() -> str:
    return gettext(
        "We tried to call you. Please tell us when we can reach you, and by what number."
    )


def _wait() -> str:
    return gettext(
        "Your claim takes us longer than we said, and we are sorry. You need not do anything. "
        "Please do not use the product meanwhile."
    )


_TEXTS: dict[Template, Callable[[], str]] = {
    Template.LABEL_PHOTO: _label_photo,
    Template.MARKING_PHOTO: _marking_photo,
    Template.RECEIPT: _receipt,
    Template.ADDRESS: _address,
    Template.REMEDY: _remedy,
    Template.SERIAL: _serial,
    Template.ALL_MARKED: _all_marked,
    Template.CALL: _call,
    Template.WAIT: _wait,
}
