"""What is told afterwards of a mail or text message: of one to an owner's claim, or of a notice.

Guarantees: the same news twice is news once; in whatever order they come, a notice that came back
stays one that came back; a complaint, and word that nobody has an address, silence that contact in
that way; a full mailbox and a policy do not; news of what is not ours change nothing.
"""

from collections.abc import Iterable

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.mailing import deliveries
from recalldesk.mailing.deliveries import News, is_a_name, uuid_named
from recalldesk.mailing.errors import NotOurMail
from recalldesk.mailing.reports import Report
from recalldesk.mailing.states import SendError
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.sending.told import remember_came_back
from recalldesk.outreach.states import NOTICE_MOVES, NoticeState, Suppression, Way
from recalldesk.outreach.suppressing import suppress, suppress_by_notice

CAME_TO_NOTHING = frozenset(
    {NoticeState.REFUSED, NoticeState.BOUNCED, NoticeState.GIVEN_UP, NoticeState.WITHHELD}
)


@transaction.atomic
def take_news(
    *, news: News, random_id: str, provider_id: str, reaches_nobody: bool = False
) -> bool:
    """Writes down what became of a mailing or notice: the one that was given this random id, or
    else that the provider named so. False where there is none, or where it was known already.
    """
    if deliveries.take_news(news=news, random_id=random_id, provider_id=provider_id):
        return True
    notice = _meant(random_id, provider_id)
    return notice is not None and _take(notice, news, reaches_nobody)


@transaction.atomic
def take_report(report: Report) -> bool:
    """Writes down what a mail server reports. False where it was known already, or is no news yet.
    Raises NotOurMail.
    """
    try:
        return deliveries.take_report(message_ids=report.message_ids, news=report.news)
    except NotOurMail:
        notice = _first_meant(report.message_ids)
        if notice is None:
            raise
    return report.news is not None and _take(notice, report.news, report.reaches_nobody)


@transaction.atomic
def take_wish_to_stop(*, random_id: str, provider_id: str) -> bool:
    """Whoever got the notice told the provider, in place of us, to be told nothing more: of this
    recall, by this way. False where it is no notice, or was known."""
    notice = _meant(random_id, provider_id)
    if notice is None:
        return False
    return suppress(
        contact_digest=bytes(notice.contact_digest),
        way=Way(notice.way),
        reason=Suppression.ASKED,
        recall=notice.wave.recall,
        notice=notice,
    )


def _take(notice: DirectNotice, news: News, reaches_nobody: bool) -> bool:
    match news:
        case News.CAME_BACK:
            is_new = _end(notice, NoticeState.BOUNCED, SendError.BOUNCED)
        case News.REFUSED:
            is_new = _end(notice, NoticeState.REFUSED, SendError.RECIPIENT_REFUSED)
        case News.DELIVERED:
            return _note_delivery(notice)
        case News.COMPLAINED:
            is_new = suppress_by_notice(notice, Suppression.COMPLAINED)
            if is_new:
                _record(notice, notice.state, news)
            return is_new
    if reaches_nobody:
        is_new = suppress_by_notice(notice, Suppression.BOUNCED) or is_new
    return is_new


def _end(notice: DirectNotice, to_state: NoticeState, error: SendError) -> bool:
    was = NoticeState(notice.state)
    if to_state not in NOTICE_MOVES[was]:
        return False
    notice.state, notice.last_error, notice.ended_at = to_state, error, clock.now()
    notice.save(update_fields=["state", "last_error", "ended_at"])
    _record(notice, was, to_state, Reason.CAME_BACK)
    remember_came_back(notice.pk)
    return True


def _note_delivery(notice: DirectNotice) -> bool:
    if notice.state in CAME_TO_NOTHING or notice.delivered_at is not None:
        return False
    now = clock.now()
    if notice.state == NoticeState.WAITING and notice.attempts:
        # Its worker was killed before it could say so: no repeat is needed.
        _record(notice, notice.state, NoticeState.SENT)
        notice.state, notice.sent_at = NoticeState.SENT, now
    notice.delivered_at = now
    notice.save(update_fields=["state", "sent_at", "delivered_at"])
    _record(notice, notice.state, News.DELIVERED)
    return True


def _record(notice: DirectNotice, was: str, is_now: str, reason: Reason | str = "") -> None:
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=was,
        to_state=is_now,
        reason=reason,
        actor=Actor.MACHINE,
        recall_id=notice.recall_id,
    )


def _first_meant(message_ids: Iterable[str]) -> DirectNotice | None:
    return next((found for each in message_ids if (found := _meant("", each))), None)


def _meant(random_id: str, provider_id: str) -> DirectNotice | None:
    rows = DirectNotice.objects.select_for_update(of=("self",)).select_related("wave__recall")
    ours = uuid_named(random_id, provider_id)
    found = rows.filter(random_id=ours).first() if ours else None
    if found is None and is_a_name(provider_id):
        found = rows.filter(provider_id=provider_id).order_by("-pk").first()
    return found
