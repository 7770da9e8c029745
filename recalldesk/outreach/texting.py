"""What somebody answers to a text message: that no more be sent, that they want help, or anything
else.

Guarantees: STOP holds at once, in every recall, and after a restore; it is taken in the words that
carriers name, in English and Spanish, however they are written; who stopped may start again; what
is none of these words, or says more than STOP, is put before a person, and its sender is told what
to do where something burns; what is none of them is answered a few times a day at most, so that two
machines never write to each other without end.
"""

import re
import unicodedata
from datetime import timedelta
from enum import Enum, auto

from django.db import transaction
from django.utils.translation import gettext, override

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.links import brand_of_notice, language_of
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState, Suppression, Way
from recalldesk.outreach.suppressing import lift_all, suppress
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.states import ContactKind

STOP_AMONG_OTHERS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "ALTO", "PARE", "BAJA"})
"""They say it with a few other words behind them, too."""
STOP_IN_TWO = (["STOP", "ALL"], ["OPT", "OUT"])
STOP = STOP_AMONG_OTHERS | {
    *("CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    *("PARAR", "CANCELAR", "DETENER", "TERMINAR"),
}
HELP = frozenset({"HELP", "INFO", "AYUDA"})
START = frozenset({"START", "UNSTOP", "EMPEZAR", "INICIAR", "ALTA"})
MOST_WORDS = 4
"""A longer message is read by a person, even where it begins with a word of these."""
ANSWERED_A_DAY = 3
RECEIVED = "text_received"
"""What the log says of the notice to which it is an answer."""


class Wish(Enum):
    """What a text message asks for."""

    STOP = auto()
    HELP = auto()
    START = auto()
    OTHER = auto()


def wish_in(text: str) -> Wish:
    """What it asks for; whoever begins a few words with STOP wants no more."""
    words = _words(text)
    if not words or len(words) > MOST_WORDS:
        return Wish.OTHER
    if words[0] in STOP_AMONG_OTHERS or words in STOP_IN_TWO:
        return Wish.STOP
    if len(words) > 1:
        return Wish.OTHER
    by_word = {STOP: Wish.STOP, HELP: Wish.HELP, START: Wish.START}
    return next((wish for named, wish in by_word.items() if words[0] in named), Wish.OTHER)


@transaction.atomic
def text_received(*, sender: str, text: str) -> str:
    """Does what it asks for; returns what is to be answered, or nothing."""
    form = phone_form(sender)
    if not form:
        return ""
    digest = contact_digest(ContactKind.PHONE, form)
    notice = _last_notice(digest)
    wish = wish_in(text)
    if wish is Wish.STOP:
        suppress(
            contact_digest=digest, way=Way.SMS, reason=Suppression.STOPPED_TEXTS, notice=notice
        )
        if notice is not None and _says_more_than_stop(text):
            _put_before_a_person(notice, sender, text)
            return f"{_answer(wish, notice)} {_in_danger(notice)}"
    elif wish is Wish.START:
        lift_all(contact_digest=digest, way=Way.SMS, reason=Suppression.STOPPED_TEXTS)
    elif wish is Wish.OTHER:
        if notice is None:
            return ""
        _put_before_a_person(notice, sender, text)
        if _received_today(notice) > ANSWERED_A_DAY:
            return ""
    return _answer(wish, notice)


def _last_notice(digest: bytes) -> DirectNotice | None:
    """The text message that it answers, as far as anybody can know."""
    rows = DirectNotice.objects.filter(contact_digest=digest, way=Way.SMS, attempts__gt=0)
    return rows.exclude(state=NoticeState.WITHHELD).select_related("wave__recall").last()


def _answer(wish: Wish, notice: DirectNotice | None) -> str:
    if notice is None:
        return _plain_answer(wish)
    brand = brand_of_notice(notice)
    with override(language_of(notice)):
        said = {
            Wish.STOP: gettext(
                "%(brand)s: You get no more texts from us. Keep the recalled product unused. Help: "
                "%(phone)s. START to get texts again."
            ),
            Wish.HELP: gettext(
                "%(brand)s: We wrote about a safety recall of a product you bought. Help: "
                "%(phone)s. Reply STOP to get no more texts."
            ),
            Wish.START: gettext(
                "%(brand)s: You get texts about this safety recall again. Reply STOP to get no "
                "more texts, HELP for help."
            ),
            Wish.OTHER: gettext(
                "%(brand)s: Your text goes to our recall desk. Is anything hot, smoking or "
                "burning? Get away and call the emergency number. Help: %(phone)s."
            ),
        }[wish]
        return said % {"brand": brand.name, "phone": brand.phone_shown}


def _in_danger(notice: DirectNotice) -> str:
    """To whoever says more than STOP: it may burn, and a person reads it later."""
    with override(language_of(notice)):
        return gettext(
            "Is anything hot, smoking or burning? Get away and call the emergency number."
        )


def _plain_answer(wish: Wish) -> str:
    """To a number that we never wrote to: nothing of any recall."""
    if wish is Wish.STOP:
        return "You get no more texts from us. START to get texts again."
    return "You get texts from us again. Reply STOP to end." if wish is Wish.START else ""


def _put_before_a_person(notice: DirectNotice, sender: str, text: str) -> None:
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=notice.state,
        to_state=RECEIVED,
        actor=Actor.OWNER,
        recall_id=notice.recall_id,
    )
    brand = brand_of_notice(notice)
    letter = Letter(
        subject="An owner answered a text message",
        language="en",
        signed="The desk",
        paragraphs=(
            f"Somebody at {sender} answered the text message of notice {notice.pk}, of the recall "
            f"{notice.wave.recall.slug}. Read it now: it may tell of danger.",
            f"“{' '.join(text.split())}”",
            "They were told to call you. Call them where they need help.",
        ),
    )
    write_mail(
        recall=notice.wave.recall,
        to=brand.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language="en",
        purpose=Purpose.TEXT_TO_DESK,
        speaker=brand,
    )


def _received_today(notice: DirectNotice) -> int:
    since = clock.now() - timedelta(days=1)
    rows = StateChange.objects.filter(subject=Subject.NOTICE, subject_id=notice.pk)
    return rows.filter(to_state=RECEIVED, at__gt=since).count()


def _says_more_than_stop(text: str) -> bool:
    """It may tell of danger: "Stop! It burns!"."""
    words = _words(text)
    return len(words) > 1 and words not in STOP_IN_TWO


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Z]+", _plain(text).upper())


def _plain(text: str) -> str:
    """Without accents and what stands around letters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each))
