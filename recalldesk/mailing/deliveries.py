"""What a provider or a mail server tells of a mail afterwards: it arrived, it came back, somebody
complained.

Guarantees: the same news twice is news once; in whatever order they come, a mail that came back
stays one that came back; news of what is not ours change nothing.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.mailing.actions import move_mailing
from recalldesk.mailing.errors import NotOurMail
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, MailingState, SendError

OUR_MESSAGE_ID = re.compile(r"<?([0-9a-f]{32})@")


class News(StrEnum):
    """What became of it."""

    DELIVERED = "delivered"
    CAME_BACK = "came_back"
    REFUSED = "refused"
    COMPLAINED = "complained"


@transaction.atomic
def take_news(*, news: News, random_id: str, provider_id: str) -> bool:
    """Writes down what became of a mail: the one that was given this random id, or else that the
    provider named so. False where there is none, or where it was known already.
    """
    mailing = _meant(random_id, provider_id)
    if mailing is None:
        return False
    match news:
        case News.CAME_BACK:
            return move_mailing(
                mailing=mailing, to_state=MailingState.BOUNCED, error=SendError.BOUNCED
            )
        case News.REFUSED:
            return move_mailing(
                mailing=mailing, to_state=MailingState.REFUSED, error=SendError.RECIPIENT_REFUSED
            )
        case News.DELIVERED:
            return _note(mailing, "delivered_at", news)
        case News.COMPLAINED:
            return _note(mailing, "complained_at", news)


@transaction.atomic
def take_report(*, message_ids: Iterable[str], news: News | None) -> bool:
    """Writes down what a mail server reports of the mail that has one of these Message-IDs. False
    where it was known already, or is no news yet. Raises NotOurMail.
    """
    for message_id in message_ids:
        if _meant("", message_id) is not None:
            return news is not None and take_news(news=news, random_id="", provider_id=message_id)
    raise NotOurMail


def uuid_named(random_id: str, provider_id: str) -> UUID | None:
    """The random id that a provider or a mail server tells back, by its own or as Message-ID."""
    return _uuid(random_id) or _uuid_of_message(provider_id)


def is_a_name(provider_id: str) -> bool:
    """Whether a provider may have named something so."""
    return 0 < len(provider_id) <= 255 and "\0" not in provider_id


def _meant(random_id: str, provider_id: str) -> Mailing | None:
    rows = Mailing.objects.select_for_update()
    ours = uuid_named(random_id, provider_id)
    found = rows.filter(random_id=ours).first() if ours else None
    if found is None and is_a_name(provider_id):
        found = rows.filter(provider_id=provider_id).order_by("-pk").first()
    return found


def _note(mailing: Mailing, column: str, news: News) -> bool:
    if mailing.state in FAILED or getattr(mailing, column) is not None:
        return False
    setattr(mailing, column, clock.now())
    mailing.save(update_fields=[column])
    record_change(
        subject=Subject.MAILING,
        subject_id=mailing.pk,
        from_state=mailing.state,
        to_state=news,
        actor=Actor.MACHINE,
        recall_id=mailing.recall_id,
    )
    return True


def _uuid(text: str) -> UUID | None:
    return UUID(hex=text) if re.fullmatch(r"[0-9a-f]{32}", text) else None


def _uuid_of_message(provider_id: str) -> UUID | None:
    found = OUR_MESSAGE_ID.match(provider_id)
    return _uuid(found[1]) if found else None
