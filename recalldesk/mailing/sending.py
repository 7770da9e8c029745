"""Sends what is queued, and writes down what came of it.

Guarantees: two workers never send the same mailing at once (its row stays locked meanwhile); a
server's word that it took a mail and our commit cannot be one step, so that a worker killed between
the two sends it once more, under the same Message-ID; what is refused for good is known at once,
what is not is tried for three days.
"""

from datetime import timedelta

from django.db import transaction

from recalldesk.foundation import clock
from recalldesk.mailing.actions import move_mailing
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.letters import send_letter
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Channel, MailingState
from recalldesk.mailing.texts import send_text

TRIED_FOR = timedelta(days=3)


def send_mailing(*, mailing_id: int) -> None:
    """One attempt; does nothing for what was sent or ended already.

    Raises NotSentYet where it is to be tried again.
    """
    waits = _attempt(mailing_id)
    if waits is not None:
        raise waits


@transaction.atomic
def _attempt(mailing_id: int) -> NotSentYet | None:
    mailing = (
        Mailing.objects.select_for_update().filter(pk=mailing_id, state=MailingState.QUEUED).first()
    )
    if mailing is None:
        return None
    mailing.attempts += 1
    try:
        mailing.provider_id = _sent(mailing)
    except Refused as refused:
        move_mailing(mailing=mailing, to_state=MailingState.REFUSED, error=refused.error)
    except NotSentYet as waits:
        if clock.now() - mailing.queued_at < TRIED_FOR:
            mailing.last_error = waits.error
            mailing.save()
            return waits
        move_mailing(mailing=mailing, to_state=MailingState.GIVEN_UP, error=waits.error)
    else:
        move_mailing(mailing=mailing, to_state=MailingState.SENT)
    return None


def _sent(mailing: Mailing) -> str:
    """The name that the provider gave it. Raises Refused, or NotSentYet."""
    send = send_letter if mailing.channel == Channel.EMAIL else send_text
    return send(random_id=mailing.random_id, to=recipient_of(mailing), content=content_of(mailing))
