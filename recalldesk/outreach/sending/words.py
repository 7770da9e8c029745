"""What a notice in hand says and where it goes; or why it does not leave, now or ever.

Guarantees: just before it leaves, nobody is reminded who answered, and nobody is written to who is
not to be; nobody is told of what is not in the recall any more; a text message leaves by day
alone, names the firm and says how to stop.
"""

from email.utils import parseaddr

from django.utils.translation import gettext, override

from recalldesk.foundation import clock
from recalldesk.mailing.content import Content
from recalldesk.outreach.links import nothing_more_link
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.resting import at_rest
from recalldesk.outreach.sending.claiming import Ended, PutOff
from recalldesk.outreach.sending.night import day_for
from recalldesk.outreach.sending.numbers import number_to_text
from recalldesk.outreach.sending.sender import Prepared, Words
from recalldesk.outreach.states import NoticeState, WaveKind, Way, Withheld
from recalldesk.outreach.waves.said import AtHand, Said, said
from recalldesk.sealing.fields_of_rows import opened

STOP = "STOP"


def words_or_why_not(
    notice: DirectNotice,
    *,
    is_silenced: bool,
    is_let_go: bool = False,
    at_hand: AtHand | None = None,
) -> Prepared:
    """Of a notice in hand. Raises SealingError, TextRefused."""
    to = opened(notice, "sealed_to")
    if not to:
        return _withheld(Withheld.NO_SUCH_WAY)
    if is_silenced:
        return _withheld(Withheld.SUPPRESSED)
    if is_let_go:
        return _withheld(Withheld.LET_GO)
    contact = bytes(notice.contact_digest)
    if notice.wave.kind == WaveKind.REMINDER and at_rest(notice.recall_id, [contact]):
        return _withheld(Withheld.ANSWERED)
    of_way = _text if notice.way == Way.SMS else _mail
    return of_way(notice, to, at_hand)


def complete_text(text: str, firm: str, language: str) -> str:
    """A text message that names the firm and how to stop, whatever its words were."""
    if firm and firm.casefold() not in text.casefold():
        text = f"{firm}: {text}"
    if STOP not in text:
        with override(language):
            text = f"{text} {gettext('Reply STOP to get no more texts, HELP for help.')}"
    return text


def _mail(notice: DirectNotice, to: str, at_hand: AtHand | None) -> Words:
    words = said(notice, at_hand)
    return Words(
        to,
        Content(
            text=words.text,
            subject=words.subject,
            html=words.html,
            sender=words.sender,
            reply_to=words.reply_to,
            language=words.language,
            stop_link=nothing_more_link(notice, brand=words.brand),
        ),
    )


def _text(notice: DirectNotice, to: str, at_hand: AtHand | None) -> Prepared:
    number = number_to_text(to, notice.country)
    if not number:
        return _withheld(Withheld.NO_SUCH_WAY)
    now = clock.now()
    day = day_for(number, now)
    if day > now:
        return PutOff(day, is_no_attempt=True)
    words = said(notice, at_hand)
    return Words(number, Content(text=_complete(words), language=words.language))


def _complete(words: Said) -> str:
    return complete_text(words.text, parseaddr(words.sender)[0], words.language)


def _withheld(why: Withheld) -> Ended:
    return Ended(NoticeState.WITHHELD, clock.now(), withheld=why)
