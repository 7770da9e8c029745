"""Takes one notice into hand, and writes down what became of it.

Guarantees: what became of the last notice and that the next is in hand are one commit; a notice is
in one worker's hand at a time; where nobody knows whether it left, it is taken up once more after
the lease, under its own name, and that is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.jobs.waits import GrowingWaits
from recalldesk.mailing.states import SendError
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState, Suppression, Withheld
from recalldesk.outreach.suppressing import suppress_by_notice

LEASE = timedelta(minutes=5)
"""Far longer than any server has for its answers to one mail."""
TRIED_FOR = timedelta(days=3)
WAITS = GrowingWaits(first=timedelta(minutes=1), longest=timedelta(hours=1))

CLAIM = """
UPDATE outreach_directnotice SET
    repeats = repeats + CASE WHEN tried_at IS NULL THEN 0 ELSE 1 END,
    attempts = attempts + 1,
    tried_at = %(now)s,
    first_tried_at = coalesce(first_tried_at, %(now)s)
WHERE id = (
    SELECT waiting.id FROM outreach_directnotice waiting
    JOIN outreach_wave wave ON wave.id = waiting.wave_id AND wave.state = 'sending'
    WHERE waiting.id = ANY(%(notices)s) AND waiting.state = 'waiting'
      AND (waiting.not_before IS NULL OR waiting.not_before <= %(now)s)
      AND (waiting.tried_at IS NULL OR waiting.tried_at < %(let_go)s)
    ORDER BY array_position(%(notices)s, waiting.id)
    LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED
)
RETURNING *, EXISTS (
    SELECT FROM outreach_suppressed silenced
    WHERE silenced.contact_digest = outreach_directnotice.contact_digest
      AND silenced.way = outreach_directnotice.way AND silenced.lifted_at IS NULL
      AND (silenced.recall_id IS NULL OR silenced.recall_id = outreach_directnotice.recall_id)
) AS is_silenced, wish_id IS NULL AND EXISTS (
    SELECT FROM outreach_namedpurchase n WHERE n.notice_id = outreach_directnotice.id
) AND NOT EXISTS (
    SELECT FROM outreach_namedpurchase n JOIN purchasers_purchase p ON p.id = n.purchase_id
    WHERE n.notice_id = outreach_directnotice.id
      AND p.unmatched_at IS NULL AND p.units > p.units_back
) AS is_let_go
"""
PUT_ASIDE = """
UPDATE outreach_directnotice SET last_error = %(error)s, not_before = %(not_before)s
WHERE id = %(notice)s AND state = 'waiting'
"""
END = """
UPDATE outreach_directnotice SET
    state = %(state)s, withheld = %(withheld)s, last_error = %(error)s,
    provider_id = %(provider_id)s,
    sent_at = CASE WHEN %(state)s = 'sent' THEN %(now)s ELSE sent_at END,
    ended_at = CASE WHEN %(state)s = 'sent' THEN ended_at ELSE %(now)s END
WHERE id = %(notice)s AND state = 'waiting'
RETURNING recall_id
"""
PUT_OFF = """
UPDATE outreach_directnotice SET
    last_error = %(error)s,
    not_before = %(not_before)s,
    tried_at = CASE WHEN %(is_known)s THEN NULL ELSE tried_at END,
    attempts = attempts - CASE WHEN %(is_no_attempt)s THEN 1 ELSE 0 END,
    first_tried_at = CASE WHEN %(is_no_attempt)s AND attempts = 1 THEN NULL
                          ELSE first_tried_at END
WHERE id = %(notice)s AND state = 'waiting' AND tried_at = %(tried_at)s
"""


@dataclass(frozen=True)
class Ended:
    """Nothing more is done for the notice."""

    state: NoticeState
    at: datetime
    provider_id: str = ""
    error: SendError | None = None
    withheld: Withheld | None = None
    silenced: Suppression | None = None
    """Why the contact is not written to any more, in this way."""


@dataclass(frozen=True)
class PutOff:
    """It is taken up again, not before a moment. `is_known`: it has not left; else nobody knows.
    `is_no_attempt`: nobody was asked to take it."""

    not_before: datetime
    error: SendError | None = None
    is_known: bool = True
    is_no_attempt: bool = False


def let_go_before(now: datetime) -> datetime:
    """Whoever took a notice into hand before then has let it go: killed, most likely."""
    return now - LEASE


def claim(notices: Sequence[int], *, now: datetime) -> DirectNotice | None:
    """The first of these that waits and is in nobody's hand, now in the caller's, whose transaction
    must commit before it leaves. Its `is_silenced`: its contact is not to be written to; its
    `is_let_go`: nothing that it names is out there and covered any more."""
    if not notices:
        return None
    found = DirectNotice.objects.raw(
        CLAIM, {"notices": list(notices), "now": now, "let_go": let_go_before(now)}
    )
    return next(iter(found), None)


def write_down(notice: DirectNotice, became: Ended | PutOff) -> None:
    """What became of a notice in hand. Where another worker ended it meanwhile, nothing."""
    if isinstance(became, PutOff):
        _put_off(notice, became)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            END,
            {
                "state": became.state,
                "withheld": became.withheld or "",
                "error": became.error or "",
                "provider_id": became.provider_id,
                "now": became.at,
                "notice": notice.pk,
            },
        )
        if cursor.fetchone() is None:
            return
    move = Move(notice.recall_id, notice.pk, NoticeState.WAITING, became.state)
    record_moves([move], subject=Subject.NOTICE, actor=Actor.MACHINE)
    if became.silenced is not None:
        suppress_by_notice(notice, became.silenced)


def put_aside(notice_id: int, *, until: datetime) -> None:
    """One that nobody has in hand is not taken up before a moment: it cannot be put into words."""
    with connection.cursor() as cursor:
        cursor.execute(
            PUT_ASIDE,
            {"error": SendError.UNEXPECTED.value, "not_before": until, "notice": notice_id},
        )


def after_failure(
    notice: DirectNotice, error: SendError, *, now: datetime, wait: timedelta | None, is_known: bool
) -> Ended | PutOff:
    """Later, each time after a longer wait; after three days of trying, never."""
    if notice.first_tried_at is not None and now - notice.first_tried_at >= TRIED_FOR:
        return Ended(NoticeState.GIVEN_UP, now, error=error)
    pause = max(wait or timedelta(), WAITS.wait_after(notice.attempts - 1))
    return PutOff(now + pause, error, is_known=is_known)


def _put_off(notice: DirectNotice, became: PutOff) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            PUT_OFF,
            {
                "error": became.error or "",
                "not_before": became.not_before,
                "is_known": became.is_known,
                "is_no_attempt": became.is_no_attempt,
                "notice": notice.pk,
                "tried_at": notice.tried_at,
            },
        )
