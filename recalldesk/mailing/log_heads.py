"""Mails heads of the log to whoever keeps them.

Guarantee: each address is written to once for each head, however often its job runs.
"""

from datetime import timedelta

from django.db import transaction

from recalldesk.audit.models import Head
from recalldesk.audit.recipients import recipients
from recalldesk.foundation import clock
from recalldesk.mailing.actions import normal_recipient, write_mail
from recalldesk.mailing.content import TO_PURPOSE
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, Purpose
from recalldesk.sealing import vault

INTRODUCTION = """\
This is the head of Recalldesk's log. Keep it where nobody who runs the
database can change it: a log that was altered, cut or made anew no longer
fits it. `recalldesk audit verify --head FILE` compares the two; FILE may be
this mail as your mail program saves it.
"""


@transaction.atomic
def mail_head(*, head_id: int) -> int:
    """Writes to each configured address that was not written to; returns how many were."""
    head = Head.objects.select_for_update().get(pk=head_id)
    missing = [to for to in recipients() if not _was_mailed(head, to)]
    for to in missing:
        write_mail(
            recall=None,
            to=to,
            subject=f"Head of the log: block {head.block_id}",
            text=f"{INTRODUCTION}\n{head.text}",
            html="",
            language="en",
            purpose=Purpose.LOG_HEAD,
        )
    return len(missing)


def heads_that_reached_nobody() -> int:
    """How many of the mails of the last month did not arrive, and nobody tries again."""
    since = clock.now() - timedelta(days=30)
    rows = Mailing.objects.filter(purpose=Purpose.LOG_HEAD, queued_at__gte=since)
    return rows.filter(state__in=FAILED).count()


def _was_mailed(head: Head, to: str) -> bool:
    """Heads are made one after another, so what was written since is of this one, or a newer."""
    digest = vault.digest_for_lookup(normal_recipient(to), purpose=TO_PURPOSE)
    rows = Mailing.objects.filter(purpose=Purpose.LOG_HEAD, to_digest=digest)
    return rows.filter(queued_at__gte=head.made_at).exists()
