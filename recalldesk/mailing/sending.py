"""Sends what is queued, and writes down what came of it.

Guarantees: two workers never send the same mailing at once (its row stays locked meanwhile); a
server's word that it took a mail and our commit cannot be one step, so that a worker killed between
the two sends it once more, under the same Message-ID; what is refused for good is known at once,
what is not is tried for three days. A row that waits is sent, whatever became of its job. Each
attempt that failed stands in the worker's log, in words of ours: a server's may hold the address.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.foundation import clock
from recalldesk.mailing.actions import move_mailing
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.letters import send_letter
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Channel, MailingState
from recalldesk.mailing.texts import send_text

log = structlog.get_logger()
TRIED_FOR = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=1)


def send_mailing(*, mailing_id: int) -> None:
    """One attempt; does nothing for what was sent or ended already.

    Raises NotSentYet where it is to be tried again.
    """
    waits = _attempt(mailing_id)
    if waits is not None:
        raise waits


@transaction.atomic
def take_up_waiting() -> int:
    """Defers a job for whatever waits longer than any pause between two attempts, and has none.

    Returns how many there were.
    """
    jobs = ProcrastinateJob.objects.filter(task_name="mailing.send", status__in=("todo", "doing"))
    waiting = Mailing.objects.filter(
        state=MailingState.QUEUED, queued_at__lt=clock.now() - 2 * LONGEST_PAUSE
    ).values_list("pk", flat=True)
    without = set(waiting) - set(jobs.values_list("args__mailing_id", flat=True))
    for mailing_id in sorted(without):
        app.configure_task("mailing.send", queue="mailing").defer(mailing_id=mailing_id)
    return len(without)


@transaction.atomic
def _attempt(mailing_id: int) -> NotSentYet | None:
    mailing = (
        Mailing.objects.select_for_update().filter(pk=mailing_id, state=MailingState.QUEUED).first()
    )
    if mailing is None:
        return None
    now = clock.now()
    mailing.attempts += 1
    mailing.first_tried_at = mailing.first_tried_at or now
    try:
        mailing.provider_id = _sent(mailing)
    except Refused as refused:
        _log("mail_refused", mailing, refused)
        move_mailing(mailing=mailing, to_state=MailingState.REFUSED, error=refused.error)
    except NotSentYet as waits:
        _log("mail_waits", mailing, waits)
        if now - mailing.first_tried_at < TRIED_FOR:
            mailing.last_error = waits.error
            mailing.save()
            return waits
        move_mailing(mailing=mailing, to_state=MailingState.GIVEN_UP, error=waits.error)
    else:
        move_mailing(mailing=mailing, to_state=MailingState.SENT)
    return None


def _log(event: str, mailing: Mailing, problem: Refused | NotSentYet) -> None:
    why = {"error": problem.error.value, "why": str(problem.error.label)}
    log.warning(event, mailing=mailing.pk, channel=mailing.channel, attempt=mailing.attempts, **why)


def _sent(mailing: Mailing) -> str:
    """The name that the provider gave it. Raises Refused, or NotSentYet."""
    send = send_letter if mailing.channel == Channel.EMAIL else send_text
    return send(random_id=mailing.random_id, to=recipient_of(mailing), content=content_of(mailing))
