"""Good words to start from, for each kind of wave, way and language of a recall.

Guarantee: as they stand, they pass the rules of `lint` with a recall whose own words do; that the
product is not to be used they say themselves, however the recall says it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.outreach.states import WaveKind, Way
from recalldesk.purchasers.states import Strength

APART = "\n\n"
LINK = "{link}"


@dataclass(frozen=True)
class WordsToStart:
    """`subject`: of a mail, or a letter's headline; empty of the other ways."""

    subject: str
    body: str


def standard_words(kind: WaveKind, way: Way, language: str, strength: Strength) -> WordsToStart:
    """The words with places to fill."""
    with override(language):
        if way is Way.SMS:
            return WordsToStart("", _text_message(kind, strength))
        if way is Way.PHONE:
            return WordsToStart("", APART.join(_script(kind, strength)))
        return WordsToStart(_subject(kind, strength), APART.join(_letter(kind, way, strength)))


def why_words(*, is_wish: bool, is_passed_on: bool, strength: Strength) -> str:
    """Why somebody is written to, in the language that is on."""
    if is_wish:
        return gettext("You asked us to tell you if this recall grows.")
    if is_passed_on:
        return gettext("An earlier owner told us that you have it now: {bought}.")
    if strength is Strength.WEAK:
        return gettext("A shop's records show a purchase that may be of a recalled unit: {bought}.")
    return gettext("A shop's records show this purchase: {bought}.")


def _subject(kind: WaveKind, strength: Strength) -> str:
    if strength is Strength.WEAK:
        return gettext("Safety recall: check your {product} now")
    if kind is WaveKind.REMINDER:
        return gettext("Safety recall, reminder: stop using your {product}")
    if kind is WaveKind.GROWN:
        return gettext("Safety recall: more units of {product} are recalled")
    return gettext("Safety recall: stop using your {product}")


def _opening(kind: WaveKind, strength: Strength) -> str:
    if strength is Strength.WEAK:
        return gettext("You may have bought a {product} that is in a safety recall.")
    if kind is WaveKind.GROWN:
        return gettext("The safety recall of {product} now covers more units.")
    if kind is WaveKind.REMINDER:
        return gettext("We wrote to you before, and have no answer yet. Please do not wait.")
    return gettext("A product that you bought, or were given, is in a safety recall.")


def _what_to_do(kind: WaveKind, way: Way, strength: Strength) -> str:
    if way is Way.LETTER:
        return _what_to_do_on_paper(kind, strength)
    if strength is Strength.WEAK or kind is WaveKind.GROWN:
        return gettext("Do not use it until you know. See here whether yours is recalled:")
    return gettext("Ask for your remedy on this page. It takes a few minutes:")


def _what_to_do_on_paper(kind: WaveKind, strength: Strength) -> str:
    """A letter has no link in its words: a code at its foot leads to the reader's page."""
    if strength is Strength.WEAK or kind is WaveKind.GROWN:
        return gettext(
            "Do not use it until you know. The code below leads to a page that says whether yours "
            "is recalled."
        )
    return gettext("Ask for your remedy: the code below leads there. It takes a few minutes.")


def _letter(kind: WaveKind, way: Way, strength: Strength) -> tuple[str, ...]:
    return (
        _opening(kind, strength),
        "{why}",
        "{hazard}",
        "{stop_using}",
        _what_to_do(kind, way, strength),
        LINK,
        gettext(
            "Have you done this already, have you sold it or thrown it away, or is it not yours? "
            "Tell us on the same page with one click, and we stop writing."
        )
        if way is Way.EMAIL
        else gettext(
            "Have you done this already, have you sold it or thrown it away, or is it not yours? "
            "Tell us on the same page, or call us, and we stop writing."
        ),
        gettext("It costs you nothing: we never ask for a card number or a fee."),
        gettext("Questions? Call {phone}: {hours}."),
    )


def _text_message(kind: WaveKind, strength: Strength) -> str:
    stop = gettext("Reply STOP to get no more texts, HELP for help.")
    if strength is Strength.WEAK:
        said = gettext("{brand}: Safety recall. You may have a recalled {product}. Do not use it.")
    elif kind is WaveKind.REMINDER:
        said = gettext("{brand}: Safety recall, reminder. Stop using your {product}.")
    elif kind is WaveKind.GROWN:
        said = gettext(
            "{brand}: Safety recall. More units of {product} are recalled. Do not use yours until "
            "you know."
        )
    else:
        said = gettext("{brand}: Safety recall. Stop using your {product}.")
    return " ".join((said, "{hazard}", gettext("What to do, or tell us it is done: {link}"), stop))


def _script(kind: WaveKind, strength: Strength) -> tuple[str, ...]:
    return (
        gettext("Hello, I am calling for {brand} about a safety recall. This is no sales call."),
        _opening(kind, strength),
        "{why}",
        gettext("First: {danger_question}"),
        gettext(
            "If so: do not touch or move it, leave the place and call the emergency number. Then "
            "tell us what happened."
        ),
        "{hazard}",
        gettext("Stop using it now") + ".",
        "{stop_using}",
        gettext("Do you still have it? I can begin your claim now. It costs you nothing."),
        gettext("You can also call us: {phone}, {hours}."),
    )
