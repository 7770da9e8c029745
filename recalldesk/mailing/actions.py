"""Writes mails and text messages, and moves them on.

Guarantees: what is written commits together with the job that sends it, in the caller's own
transaction; a state moves only as the table of moves says, and each move is in the log; where
something written for a filing reached nobody, the job `claims.mail_failed` is deferred with it.
"""

from email.utils import formataddr

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.mailing.content import TO_PURPOSE, Content, scope_of, sealed_content
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, MOVES, Channel, MailingState, Purpose, SendError
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recall
from recalldesk.sealing import vault


def write_mail(
    *,
    recall: Recall | None,
    to: str,
    subject: str,
    text: str,
    html: str,
    language: str,
    purpose: Purpose,
    filing_id: int | None = None,
    speaker: Brand | None = None,
    reply_to: str = "",
) -> Mailing:
    """A mail, sent by a job once the caller's transaction is committed.

    The sender is the brand that speaks (the recall's first one where none is named), whose own
    address takes the replies unless `reply_to` names another; without a recall, the desk's. An
    address that is none is no error here: the job records it as refused.
    """
    speaker = speaker or _first_brand(recall)
    content = Content(
        text=text,
        subject=" ".join(subject.split()),
        html=html,
        sender=formataddr((speaker.name, speaker.sender)) if speaker else settings.MAIL_FROM,
        reply_to=reply_to or (speaker.email if speaker else ""),
        language=language,
    )
    return _queue(Channel.EMAIL, content, recall, to.strip(), purpose, filing_id)


def write_sms(
    *,
    recall: Recall | None,
    to: str,
    text: str,
    language: str,
    purpose: Purpose,
    filing_id: int | None = None,
) -> Mailing:
    """A text message to a number in E.164, sent by a job as a mail is."""
    content = Content(text=text, language=language)
    return _queue(Channel.SMS, content, recall, to.strip(), purpose, filing_id)


@transaction.atomic
def move_mailing(
    *, mailing: Mailing, to_state: MailingState, error: SendError | None = None
) -> bool:
    """Moves it, erases what was to be sent, and says so in the log; the row is locked by the
    caller. False, and nothing done, where the table of moves does not allow it.
    """
    from_state = MailingState(mailing.state)
    if to_state not in MOVES[from_state]:
        return False
    mailing.state, mailing.sealed_content = to_state, b""
    if to_state is MailingState.SENT:
        mailing.sent_at, mailing.last_error = clock.now(), ""
    else:
        mailing.ended_at, mailing.last_error = clock.now(), error or ""
    mailing.save()
    record_change(
        subject=Subject.MAILING,
        subject_id=mailing.pk,
        from_state=from_state,
        to_state=to_state,
        actor=Actor.MACHINE,
        recall_id=mailing.recall_id,
    )
    if to_state in FAILED and mailing.filing_id is not None:
        app.configure_task("claims.mail_failed", queue="claims").defer(mailing_id=mailing.pk)
    return True


@transaction.atomic
def forget_recipient(*, filing_id: int, but: int | None = None) -> int:
    """Erases to whom everything of a filing went; what still waits is never sent.

    `but` is one mailing that is left alone. Returns how many rows there are.
    """
    rows = Mailing.objects.select_for_update().filter(filing_id=filing_id)
    mailings = list(rows.exclude(pk=but) if but is not None else rows)
    for mailing in mailings:
        if mailing.state == MailingState.QUEUED:
            _withdraw(mailing)
        mailing.sealed_to, mailing.to_digest = b"", b""
        mailing.save()
    return len(mailings)


def normal_recipient(to: str) -> str:
    """The form under which the same address or number is found again."""
    return to.strip().lower()


def _withdraw(mailing: Mailing) -> None:
    """As given up, but nobody needs to be told: its owner wants to be forgotten."""
    mailing.state, mailing.sealed_content = MailingState.GIVEN_UP, b""
    mailing.ended_at = clock.now()
    record_change(
        subject=Subject.MAILING,
        subject_id=mailing.pk,
        from_state=MailingState.QUEUED,
        to_state=MailingState.GIVEN_UP,
        actor=Actor.OWNER,
        recall_id=mailing.recall_id,
    )


def _first_brand(recall: Recall | None) -> Brand | None:
    live = live_recall(recall.slug) if recall else None
    return live.document.brands[0] if live else None


@transaction.atomic
def _queue(
    channel: Channel,
    content: Content,
    recall: Recall | None,
    to: str,
    purpose: Purpose,
    filing_id: int | None,
) -> Mailing:
    scope = scope_of(recall.pk if recall else None)
    mailing = Mailing.objects.create(
        recall=recall,
        filing_id=filing_id,
        purpose=purpose,
        channel=channel,
        language=content.language,
        sealed_to=vault.seal_text(to, scope=scope, purpose=TO_PURPOSE),
        to_digest=vault.digest_for_lookup(normal_recipient(to), purpose=TO_PURPOSE),
        sealed_content=sealed_content(content, scope=scope),
    )
    record_change(
        subject=Subject.MAILING,
        subject_id=mailing.pk,
        to_state=MailingState.QUEUED,
        actor=Actor.MACHINE,
        recall_id=mailing.recall_id,
    )
    app.configure_task("mailing.send", queue="mailing").defer(mailing_id=mailing.pk)
    return mailing
