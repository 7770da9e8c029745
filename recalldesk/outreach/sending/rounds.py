"""Rounds of sending: when one is due, and how long it lasts."""

import time
from collections.abc import Mapping, Sequence

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.foundation import clock
from recalldesk.jobs.ending import is_ending
from recalldesk.jobs.queues import SENDING
from recalldesk.mailing.mail_line import MailLine
from recalldesk.outreach.links import document_reached
from recalldesk.outreach.models import DirectNotice, Wave, WaveText
from recalldesk.outreach.sending import told
from recalldesk.outreach.sending.candidates import is_anything_due, sending_waves
from recalldesk.outreach.sending.finishing import (
    end_waves_that_are_done,
    hold_waves_of_closed_recalls,
)
from recalldesk.outreach.sending.pace import forget_old
from recalldesk.outreach.sending.sender import Prepared, Sender
from recalldesk.outreach.sending.words import words_or_why_not
from recalldesk.outreach.waves.places import BoughtThing
from recalldesk.outreach.waves.said import AtHand, things_named
from recalldesk.recalls.document import Document

ROUND = "outreach.send_waves"
SECONDS = 50.0
"""Then the worker takes the next round: what was deployed or set meanwhile holds."""


def keep_sending() -> None:
    """Has some worker begin a round where a notice is due, and ends waves of which none is left.

    A round under way goes on beside it, so that as many workers send as are free.
    """
    hold_waves_of_closed_recalls()
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
    preparing = Preparing()
    with MailLine() as line:
        sender = Sender(
            line=line,
            prepare=preparing,
            remember=told.remember_told,
            look_ahead=preparing.look_ahead,
        )
        sender.run(lambda: is_ending() or time.monotonic() >= until)
    return sender.sent


class Preparing:
    """The words of notices. What many of them share is read once in a round, which is short; what
    each names, for all that are taken at once."""

    def __init__(self) -> None:
        self._waves: dict[int, Wave] = {}
        self._reached: dict[int, Document] = {}
        self._texts: dict[tuple[int, str, str], WaveText] = {}
        self._things: Mapping[int, tuple[BoughtThing, ...]] = {}

    def look_ahead(self, notice_ids: Sequence[int]) -> None:
        """Reads what these name."""
        self._things = things_named(notice_ids)

    def __call__(self, notice: DirectNotice) -> Prepared:
        notice.wave = self._wave(notice.wave_id)
        at_hand = self._at_hand(notice) if notice.passed_on_by_id is None else None
        is_silenced: bool = notice.is_silenced  # type: ignore[attr-defined]  # as `claim` adds it
        is_let_go: bool = notice.is_let_go  # type: ignore[attr-defined]
        return words_or_why_not(
            notice, is_silenced=is_silenced, is_let_go=is_let_go, at_hand=at_hand
        )

    def _wave(self, wave_id: int) -> Wave:
        if wave_id not in self._waves:
            wave = Wave.objects.select_related("recall", "version").get(pk=wave_id)
            self._waves[wave_id] = wave
            self._reached[wave_id] = document_reached(wave.recall)
            for text in WaveText.objects.filter(wave=wave):
                self._texts[wave_id, text.way, text.language] = text
        return self._waves[wave_id]

    def _at_hand(self, notice: DirectNotice) -> AtHand:
        return AtHand(
            reached=self._reached[notice.wave_id],
            things=self._things.get(notice.pk, ()),
            text=self._texts.get((notice.wave_id, notice.way, notice.language)),
        )
