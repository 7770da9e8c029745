"""What a check answers, as it is said to a caller: in the words of the owners' pages.

Guarantees: the same question through the same check, counted as one by phone; what goes back and
forth with the form is signed, for this call and for an hour, so that nobody makes an answer up or
says an old one; a token that was lost binds like
one that came within reach; nothing says which serial is expected.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext, ngettext, override

from recalldesk.checks.asking import ask
from recalldesk.checks.spelling import Spelled, spelled
from recalldesk.checks.states import Source
from recalldesk.checks.words import asks_for_person, reason
from recalldesk.recalls.document.product import Product
from recalldesk.units.errors import SecondLookInvalid
from recalldesk.units.second_look import binding_token
from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict, Why

SALT = "recalldesk.console.call"
ONE_CALL = timedelta(hours=1)
KIND = {
    Verdict.AFFECTED: "affected",
    Verdict.LOOK_AGAIN: "look",
    Verdict.ASK_A_PERSON: "person",
    Verdict.NOT_AFFECTED: "person",
}
"""The class of the stylesheet."""


@dataclass(frozen=True, repr=False)
class Said:
    """An answer as it is read out. `title`, `text` and `bids` are in the caller's language."""

    verdict: Verdict
    kind: str
    title: str
    text: str
    bids: tuple[str, ...]
    places: tuple[Spelled, ...]
    recalls: tuple[str, ...]


def ask_by_phone(serial: str, *, models: Sequence[str], second_look: str) -> Answer:
    """The answer, counted. Raises AnswerUnavailable."""
    try:
        return ask(serial, source=Source.PHONE, models=models, second_look=second_look)
    except SecondLookInvalid:
        return ask(serial, source=Source.PHONE, models=models, second_look=binding_token())


def packed(answer: Answer, *, call: str) -> str:
    """An answer, to come back with the form of this call; anybody who has the form can read it."""
    return signing.dumps(asdict(answer), salt=f"{SALT}:{call}")


def unpacked(text: str, *, call: str) -> Answer | None:
    """The answer that was given before; None where there was none, it was altered, it is another
    call's, or what is recalled may have changed since."""
    try:
        kept = signing.loads(text, salt=f"{SALT}:{call}", max_age=ONE_CALL) if text else None
    except signing.BadSignature:
        return None
    if kept is None:
        return None
    return Answer(
        **kept
        | {
            "verdict": Verdict(kept["verdict"]),
            "why": Why(kept["why"]),
            "look_at": tuple(kept["look_at"]),
            "recalls": tuple(
                RecallAnswer(slug, version, Verdict(verdict))
                for slug, version, verdict in kept["recalls"]
            ),
        }
    )


def said_of(answer: Answer, *, products: Sequence[Product], language: str) -> Said:
    """The answer in words."""
    recalls = tuple(each.recall for each in answer.recalls if each.verdict == answer.verdict)
    with override(language):
        title, text, bids = _WORDS[answer.verdict](answer, products, max(1, len(recalls)))
        return Said(
            verdict=answer.verdict,
            kind=KIND[answer.verdict],
            title=title,
            text=text,
            bids=bids,
            places=spelled(answer.read_as, answer.look_at, products),
            recalls=recalls,
        )


Words = tuple[str, str, tuple[str, ...]]


def _affected(answer: Answer, _products: Sequence[Product], count: int) -> Words:
    grouped = " ".join(answer.read_as[at : at + 4] for at in range(0, len(answer.read_as), 4))
    sentence = ngettext(
        "The serial %(serial)s is in the recall.",
        "The serial %(serial)s is in %(recalls)s recalls.",
        count,
    )
    text = sentence % {"serial": grouped, "recalls": count}
    return gettext("Stop using it now"), text, ()


def _look_again(answer: Answer, products: Sequence[Product], _count: int) -> Words:
    text = f"{reason(answer, products)} {gettext('Until you know, do not use it.')}"
    return (
        gettext("Please look again"),
        text,
        (
            gettext("Please read the serial to me once more, from the unit, each character."),
            gettext("If it is still in doubt, a person looks at it with you."),
        ),
    )


def _ask_a_person(answer: Answer, _products: Sequence[Product], _count: int) -> Words:
    text = f"{asks_for_person(answer)} {gettext('Until it is settled, do not use it.')}"
    return (
        gettext("A person decides this with you"),
        text,
        (gettext("Keep it, unused, until it is settled."),),
    )


def _not_affected(_answer: Answer, _products: Sequence[Product], count: int) -> Words:
    if count > 1:
        title = gettext("The serial you gave is not in these recalls")
    else:
        title = gettext("The serial you gave is not in this recall")
    text = gettext(
        "That answers for this serial and for what is recalled today, and for nothing else."
    )
    bids = (
        gettext("Do you have more of these? Each has its own serial number: check each."),
        gettext(
            "If the unit gets hot, swells or smells, do not use it, whatever its serial says, and "
            "talk to us."
        ),
    )
    return title, text, bids


_WORDS = {
    Verdict.AFFECTED: _affected,
    Verdict.LOOK_AGAIN: _look_again,
    Verdict.ASK_A_PERSON: _ask_a_person,
    Verdict.NOT_AFFECTED: _not_affected,
}
