"""One worker's round: takes notices into hand one after another, and gives each away.

Guarantees: as `sending` says. A line that is down is left alone for the rest of the round; a notice
whose words cannot be made is put off and named in the log by its error's kind alone, and keeps no
other waiting.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import DatabaseError, transaction

from recalldesk.foundation import clock
from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.mail_line import MailLine
from recalldesk.mailing.states import SendError
from recalldesk.mailing.texts import send_text
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.sending.candidates import find_places
from recalldesk.outreach.sending.claiming import (
    Ended,
    PutOff,
    after_failure,
    claim,
    put_aside,
    write_down,
)
from recalldesk.outreach.sending.pace import STEP, Places, give_back, step_of
from recalldesk.outreach.states import NoticeState, Suppression, Way

log = structlog.get_logger()
NAP = 0.25
REMEMBERED_AT_ONCE, REMEMBERED_WITHIN = 200, 5.0
AFTER_A_FAULT = timedelta(hours=1)
LINE_IS_DOWN = frozenset(
    {SendError.SERVER_AWAY, SendError.SIGN_IN_REFUSED, SendError.NOT_SET_UP, SendError.UNEXPECTED}
)


@dataclass(frozen=True, repr=False)
class Words:
    """To whom a notice goes, and what it says."""

    to: str
    content: Content


Remember = Callable[[Sequence[int]], None]
"""Told which notices have left, some seconds afterwards at most."""
LookAhead = Callable[[Sequence[int]], None]
"""Told which notices may be taken next, to read at once what is asked of each."""
Prepared = Words | Ended | PutOff
Prepare = Callable[[DirectNotice], Prepared]
"""What a notice in hand says; or why it does not leave (now, or ever)."""


@dataclass(frozen=True)
class InHand:
    """A notice that was written down as leaving, with its words."""

    notice: DirectNotice
    words: Words


Became = tuple[DirectNotice, Ended | PutOff]


def _at_nothing(_notice_ids: Sequence[int]) -> None:
    """For whoever needs no look ahead."""


class Sender:
    """A round; `sent` counts what left."""

    def __init__(
        self,
        *,
        line: MailLine,
        prepare: Prepare,
        remember: Remember,
        look_ahead: LookAhead = _at_nothing,
    ) -> None:
        self._line = line
        self._look_ahead = look_ahead
        self._prepare = prepare
        self._remember = remember
        self._last: Became | None = None
        self._places: Places | None = None
        self._left: list[int] = []
        self._used: set[int] = set()
        self._down: set[tuple[int, Way]] = set()
        self._turn = 0
        self._to_remember: list[int] = []
        self._remembered_at = time.monotonic()
        self.sent = 0

    def run(self, is_over: Callable[[], bool]) -> None:
        """Until it is over, or nothing more may leave for a while."""
        try:
            while not is_over():
                if not self._has_places() and not self._find_places(is_over):
                    return
                in_hand = step(self._taken_last(), self._left, self._prepare)
                if self._is_much_to_remember():
                    self._remember_now()
                if in_hand is None:
                    self._left = []
                    continue
                self._drop(in_hand.notice)
                self._last = in_hand.notice, self._attempt(in_hand)
        finally:
            self._close()

    def _has_places(self) -> bool:
        return bool(self._left) and self._places is not None and clock.now() < self._places.until

    def _find_places(self, is_over: Callable[[], bool]) -> bool:
        """False where nothing is due. Waits for the next step where the pace is used up."""
        self._give_back()
        while not is_over():
            found = find_places(now=clock.now(), first_wave=self._turn, but=self._down)
            self._turn += 1
            if found.places is not None:
                self._places = found.places
                self._left = [notice_id for notice_id, _ in found.places.notices]
                self._look_ahead(self._left)
                return True
            self._write_down_last()
            self._remember_now()
            if not found.is_held_up:
                return False
            until = step_of(clock.now()) + STEP
            while clock.now() < until and not is_over():
                time.sleep(NAP)
        return False

    def _attempt(self, in_hand: InHand) -> Ended | PutOff:
        notice, words = in_hand.notice, in_hand.words
        send = self._line.send if notice.way == Way.EMAIL else send_text
        try:
            name = send(random_id=notice.random_id, to=words.to, content=words.content)
        except Refused as refused:
            return Ended(
                NoticeState.REFUSED, clock.now(), error=refused.error, silenced=_silenced(refused)
            )
        except NotSentYet as waits:
            if waits.error in LINE_IS_DOWN or waits.wait is not None:
                self._down.add((notice.wave_id, Way(notice.way)))
                self._left = []
            return after_failure(
                notice,
                waits.error,
                now=clock.now(),
                wait=waits.wait,
                is_known=not waits.may_have_left,
            )
        self.sent += 1
        self._to_remember.append(notice.pk)
        return Ended(NoticeState.SENT, clock.now(), provider_id=name)

    def _drop(self, notice: DirectNotice) -> None:
        self._used.add(notice.pk)
        self._left = self._left[self._left.index(notice.pk) + 1 :]

    def _taken_last(self) -> Became | None:
        last, self._last = self._last, None
        return last

    def _write_down_last(self) -> None:
        last = self._taken_last()
        if last is not None:
            with transaction.atomic():
                write_down(*last)

    def _give_back(self) -> None:
        if self._places is not None:
            unused = [each for each in self._places.notices if each[0] not in self._used]
            give_back(self._places, unused)
        self._places, self._left, self._used = None, [], set()

    def _remember_now(self) -> None:
        """Of what was written down as sent."""
        told, self._to_remember = self._to_remember, []
        self._remembered_at = time.monotonic()
        if told:
            self._remember(told)

    def _is_much_to_remember(self) -> bool:
        since = time.monotonic() - self._remembered_at
        return len(self._to_remember) >= REMEMBERED_AT_ONCE or since > REMEMBERED_WITHIN

    def _close(self) -> None:
        self._write_down_last()
        self._give_back()
        self._remember_now()


class _WithoutWords(Exception):
    """A notice in hand that cannot be put into words: it goes back."""

    def __init__(self, notice_id: int, kind: str) -> None:
        super().__init__(notice_id, kind)
        self.notice_id, self.kind = notice_id, kind


def step(last: Became | None, notices: Sequence[int], prepare: Prepare) -> InHand | None:
    """Writes down what became of the last notice, and takes the next of these into hand."""
    while True:
        try:
            return _step(last, notices, prepare)
        except _WithoutWords as wrong:
            log.error("notice_without_words", notice=wrong.notice_id, error=wrong.kind)
            put_aside(wrong.notice_id, until=clock.now() + AFTER_A_FAULT)


@transaction.atomic
def _step(last: Became | None, notices: Sequence[int], prepare: Prepare) -> InHand | None:
    if last is not None:
        write_down(*last)
    while (notice := claim(notices, now=clock.now())) is not None:
        prepared = _prepared(notice, prepare)
        if isinstance(prepared, Words):
            return InHand(notice, prepared)
        write_down(notice, prepared)
    return None


def _prepared(notice: DirectNotice, prepare: Prepare) -> Prepared:
    try:
        return prepare(notice)
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is, its words may be personal
        raise _WithoutWords(notice.pk, type(error).__name__) from None


def _silenced(refused: Refused) -> Suppression | None:
    if refused.is_stopped:
        return Suppression.STOPPED_TEXTS
    return Suppression.BOUNCED if refused.reaches_nobody else None
