"""Which unit an owner says that a claim is for: the form, and what is said of a typed serial.

Guarantees: a serial that is not in the recall is named so before the claim goes on with it, and
never stops a claim: the owner may correct it, or go on and a person decides. A moment without an
index stops nobody. Of many serials at once nothing is told, so that nobody guesses by the dozen.
"""

from dataclasses import dataclass, replace

from django.http import QueryDict

from recalldesk.claims.completeness import MOST_UNITS
from recalldesk.claims.states import UnitReading
from recalldesk.portal.asking import LONGEST_FIELD, Asked, Told, asked_from, tell
from recalldesk.portal.claiming.serials_in_text import serials_in_text
from recalldesk.portal.subject import Subject
from recalldesk.recalls.document import Document
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Verdict

SEVERAL = "several"
"""Beside the readings of one unit: the owner has more of them."""


@dataclass(frozen=True)
class Given:
    """What a form said. `reading` is empty where it is plainly about one serial.

    `goes_on`: the owner saw what was said of the serial, or it was just checked.
    """

    asked: Asked
    serials: tuple[str, ...]
    reading: str = ""
    product: str = ""
    goes_on: bool = False
    is_list: bool = False

    @property
    def unit_reading(self) -> UnitReading:
        """How the serial was read, for the claim."""
        return UnitReading(self.reading or UnitReading.SERIAL)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given that a claim could be about."""
        return not self.serials and self.unit_reading is UnitReading.SERIAL

    @property
    def wants_list(self) -> bool:
        """Whether the owner asked for the page on which several can be named."""
        return self.reading == SEVERAL

    @property
    def lines(self) -> str:
        """The serials, one a line."""
        return "\n".join(self.serials)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What to send to say the same again, by field."""
        mine = {
            "serials": self.lines if self.is_list else "",
            "reading": self.reading,
            "product": self.product,
            "go_on": "1" if self.goes_on else "",
        }
        return (*self.asked.fields, *((name, value) for name, value in mine.items() if value))


def given_in(form: QueryDict, subject: Subject) -> Given:
    """The form of the page, or of an answer to a check; `gave` is the serial of that answer."""
    asked = asked_from(form)
    document = subject.document
    is_list = "serials" in form
    if is_list:
        serials = serials_in_text(str(form.get("serials", "")), document)
    else:
        one = asked.serial.strip() or str(form.get("gave", "")).strip()
        serials = (one,) if one else ()
    reading = str(form.get("reading", ""))
    if reading not in (*UnitReading.values, SEVERAL):
        reading = ""
    if reading == UnitReading.UNREADABLE:
        serials = ()
    return Given(
        asked=replace(asked, serial=serials[0] if serials and not is_list else ""),
        serials=serials,
        reading=reading,
        product=_product_in(form, document, asked.model),
        goes_on="go_on" in form,
        is_list=is_list,
    )


def _product_in(form: QueryDict, document: Document, model: str) -> str:
    """The product's key, by itself or by its model where the recall has several; else nothing."""
    key = str(form.get("product", ""))[:LONGEST_FIELD]
    if key in document.product_by_key:
        return key
    if len(document.products) == 1:
        return document.products[0].key
    same = (p.key for p in document.products if p.model.casefold() == model.casefold())
    return next(same, "")


def has_too_many(given: Given) -> bool:
    """Whether more units are named than one filing takes."""
    return len(given.serials) > MOST_UNITS


def is_asked(given: Given) -> bool:
    """Whether the serial is to be looked up before the claim goes on."""
    return (
        not given.goes_on
        and not given.is_list
        and len(given.serials) == 1
        and given.unit_reading is UnitReading.SERIAL
    )


def told_of(given: Given, subject: Subject) -> Told | None:
    """What the owner should see before the claim goes on; None where the serial is in this recall,
    or nothing can be said just now. The question is counted as a check."""
    asked = Asked(
        serial=given.serials[0],
        model=given.asked.model,
        variant=given.asked.variant,
        country=given.asked.country,
        second_look=given.asked.second_look,
        recall=subject.slug,
        brand=subject.brand.key,
    )
    try:
        told = tell(asked)
    except AnswerUnavailable:
        return None
    is_here = any(each.slug == subject.slug for each in told.subjects)
    return None if told.answer.verdict is Verdict.AFFECTED and is_here else told
