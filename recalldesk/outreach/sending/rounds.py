"""Rounds of sending: when one is due, and how long it lasts."""

import time

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.foundation import clock
from recalldesk.jobs.ending import is_ending
from recalldesk.jobs.queues import SENDING
from recalldesk.mailing.mail_line import MailLine
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.sending import told
from recalldesk.outreach.sending.candidates import is_anything_due, sending_waves
from recalldesk.outreach.sending.finishing import end_waves_that_are_done
from recalldesk.outreach.sending.pace import forget_old
from recalldesk.outreach.sending.sender import Prepared, Sender
from recalldesk.outreach.sending.words import words_or_why_not

ROUND = "outreach.send_waves"
SECONDS = 50.0
"""Then the worker takes the next round: what was deployed or set meanwhile holds."""


def keep_sending() -> None:
    """Has some worker begin a round where a notice is due, and ends waves of which none is left.

    A round under way goes on beside it, so that as many workers send as are free.
    """
    end_waves_that_are_done()
    if not is_anything_due(clock.now()):
        return
    try:
        app.configure_task(ROUND, queue=SENDING, queueing_lock=ROUND).defer()
    except AlreadyEnqueued:
        return  # it waits for a worker


def send_for_a_while(seconds: float = SECONDS) -> int:
    """One round; how many notices left. It ends before its time where the worker is to end."""
    until = time.monotonic() + seconds
    forget_old(clock.now())
    for wave in told.waves_to_check(sending_waves()):
        told.leave_out_the_told(wave)
    with MailLine() as line:
        sender = Sender(line=line, prepare=_Preparing(), remember=told.remember_told)
        sender.run(lambda: is_ending() or time.monotonic() >= until)
    return sender.sent


class _Preparing:
    """The words of notices, whose waves are read once in a round: they do not change."""

    def __init__(self) -> None:
        self._waves: dict[int, Wave] = {}

    def __call__(self, notice: DirectNotice) -> Prepared:
        if notice.wave_id not in self._waves:
            rows = Wave.objects.select_related("recall", "version")
            self._waves[notice.wave_id] = rows.get(pk=notice.wave_id)
        notice.wave = self._waves[notice.wave_id]
        return words_or_why_not(notice)
