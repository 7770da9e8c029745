"""Why an answer is what it is, in words for the owner.

Guarantee: the reason chooses words, never the verdict.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from recalldesk.recalls.document.product import Product
from recalldesk.recalls.wording import in_language
from recalldesk.units.verdict.answer import Answer, Why

_PLAIN: dict[Why, str | Promise] = {
    Why.SLIP: gettext_lazy(
        "We cannot answer yet. In print this small a slip is easily made, and a mistake here "
        "matters. Compare every character with the unit."
    ),
    Why.WRONG_FORM: gettext_lazy(
        "This does not look like a serial of these products. Look for the number at the place "
        "that the drawing shows."
    ),
    Why.UNKNOWN_MODEL: gettext_lazy(
        "We do not know this model. Compare yours with the products below: is it one of these?"
    ),
    Why.NOT_MADE: gettext_lazy(
        "We do not find this serial among those that were made. That may be a slip in reading it, "
        "or a mistake of ours."
    ),
    Why.LIST_IN_DOUBT: gettext_lazy(
        "A part of the list of recalled serials is still being looked into. Until that is done we "
        "do not rule out any unit, and a person answers you."
    ),
    Why.SAME_AGAIN: gettext_lazy(
        "You gave the same serial again. Anybody can read small print the same wrong way twice, "
        "and a mistake here matters."
    ),
    Why.STILL_IN_DOUBT: gettext_lazy(
        "Typing it again does not settle it, and a mistake here matters."
    ),
    Why.UNREADABLE_PHOTO: gettext_lazy("We find no serial number in your photo that we can read."),
}


def _alike(answer: Answer) -> str:
    count = max(1, len(answer.look_at))
    return ngettext(
        "We cannot answer yet. One of these characters is easy to mistake for another, and a "
        "mistake here matters.",
        "We cannot answer yet. %(count)s of these characters are easy to mistake for others, and a "
        "mistake here matters.",
        count,
    ) % {"count": count}


def _otherwise(answer: Answer) -> str:
    count = len(answer.look_at)
    if not count:
        return gettext(
            "Your photo reads something else than you typed. Compare every character with the unit."
        )
    return ngettext(
        "Your photo reads another character at one place. Compare it with the unit.",
        "Your photo reads other characters at %(count)s places. Compare them with the unit.",
        count,
    ) % {"count": count}


def _unclear(answer: Answer) -> str:
    return ngettext(
        "Your photo reads what you typed, but one character is not clear enough in it to be sure.",
        "Your photo reads what you typed, but %(count)s characters are not clear enough in it to "
        "be sure.",
        max(1, len(answer.look_at)),
    ) % {"count": max(1, len(answer.look_at))}


def _length(answer: Answer, products: Sequence[Product]) -> str:
    """The count given, and the count that these serials have where all have the same."""
    given = len(answer.read_as)
    first = ngettext("You gave %(count)s character.", "You gave %(count)s characters.", given) % {
        "count": given
    }
    lengths = {
        length
        for product in products
        for length in (product.serial.shortest, product.serial.longest)
    }
    if len(lengths) == 1:
        second = gettext("The serials of these products have %(count)s.") % {"count": lengths.pop()}
    elif answer.why is Why.TOO_SHORT:
        second = gettext("The serials of these products have more.")
    else:
        second = gettext("The serials of these products have fewer.")
    return f"{first} {second}"


def reason(answer: Answer, products: Sequence[Product] = ()) -> str:
    """One or two sentences that say why, in the language set; `products` are those meant."""
    named = in_language(answer.named, get_language() or "en")[0] if answer.named else ""
    if answer.why is Why.LOOK_ALIKE:
        return _alike(answer)
    if answer.why is Why.READS_OTHERWISE:
        return _otherwise(answer)
    if answer.why is Why.UNCLEAR_PHOTO:
        return _unclear(answer)
    if answer.why in (Why.TOO_SHORT, Why.TOO_LONG):
        return _length(answer, products)
    if answer.why is Why.OTHER_FORM and named:
        return gettext("This looks like %(named)s. It is not the serial number.") % {"named": named}
    if answer.why is Why.SISTER_PRODUCT and named:
        return gettext(
            "This looks like a serial of %(named)s. Compare your product with the drawings: is it "
            "that one?"
        ) % {"named": named}
    return str(_PLAIN.get(answer.why, _PLAIN[Why.WRONG_FORM]))


def asks_for_person(answer: Answer) -> str:
    """The same for `ask_a_person`, where the reason may also be that nothing more can be typed."""
    if answer.why in _PLAIN and answer.why is not Why.SLIP:
        return str(_PLAIN[answer.why])
    return str(_PLAIN[Why.STILL_IN_DOUBT])
