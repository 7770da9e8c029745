"""The door to mailings: what was sent for a filing, when, and what became of it.

Guarantee: no address comes out whole; the owner sees enough of it to know which one it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from recalldesk.foundation import clock
from recalldesk.mailing.actions import normal_recipient
from recalldesk.mailing.content import TO_PURPOSE, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, Channel, MailingState, SendError
from recalldesk.sealing import vault

DOTS = "•••"


@dataclass(frozen=True)
class MailingSeen:
    """One mail or text message, as a status page or the desk shows it."""

    mailing_id: int
    purpose: str
    channel: Channel
    masked_to: str
    state: MailingState
    last_error: SendError | None
    queued_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    complained_at: datetime | None
    ended_at: datetime | None

    @property
    def has_failed(self) -> bool:
        """Whether it reached nobody, and nobody tries again."""
        return self.state in FAILED


def mailings_of_filing(filing_id: int) -> list[MailingSeen]:
    """Everything written for a filing, the newest first."""
    return [_seen(row) for row in Mailing.objects.filter(filing_id=filing_id).order_by("-pk")]


def filing_id_of(mailing_id: int) -> int | None:
    """The filing for which it was written; None where there is none."""
    return Mailing.objects.filter(pk=mailing_id).values_list("filing_id", flat=True).first()


def went_to(mailing_id: int, to: str) -> bool:
    """Whether it was written to this address or number."""
    wanted = vault.digest_for_lookup(normal_recipient(to), purpose=TO_PURPOSE)
    return Mailing.objects.filter(pk=mailing_id, to_digest=wanted).exists()


def written_today(to: str) -> int:
    """How many mails and text messages were written to this address or number in a day."""
    wanted = vault.digest_for_lookup(normal_recipient(to), purpose=TO_PURPOSE)
    since = clock.now() - timedelta(days=1)
    return Mailing.objects.filter(to_digest=wanted, queued_at__gt=since).count()


def masked(to: str) -> str:
    """`o•••@example.org`, or the last two digits of a number; nothing where it was erased."""
    name, at, domain = to.rpartition("@")
    if at:
        return f"{name[:1]}{DOTS}@{domain}"
    return f"{DOTS}{to[-2:]}" if to else ""


def _seen(row: Mailing) -> MailingSeen:
    return MailingSeen(
        mailing_id=row.pk,
        purpose=row.purpose,
        channel=Channel(row.channel),
        masked_to=masked(recipient_of(row)),
        state=MailingState(row.state),
        last_error=SendError(row.last_error) if row.last_error else None,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        complained_at=row.complained_at,
        ended_at=row.ended_at,
    )
