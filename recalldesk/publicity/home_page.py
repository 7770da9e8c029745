"""Somebody looked at the firm's home page and says whether it leads to the recall.

Guarantee: what was said before stays; the newest answer counts from its moment on.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Subject
from recalldesk.publicity.entering import address, day_that_was, lock_recall, log_entered, said
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.models import HomePageAnswer
from recalldesk.publicity.models.home_page import LONGEST_REASON
from recalldesk.publicity.states import LinkPlace
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class Link:
    """The link as it stands on the page."""

    page: str
    text: str
    place: LinkPlace
    since: date


@transaction.atomic
def answer_home_page(
    *, recall: Recall, link: Link | None, why_not: str = "", by: Staff, nonce: str
) -> HomePageAnswer:
    """Keeps the answer: there is this link, or none and why. Raises NotPermitted,
    PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    lock_recall(recall)
    known = HomePageAnswer.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    row = HomePageAnswer(recall=recall, is_linked=link is not None, by=by, nonce=nonce)
    if link is not None:
        row.page = address(link.page, field="page")
        row.link_text = said(link.text, 200, field="text", what="what the link says")
        row.place = link.place
        row.since = day_that_was(link.since, field="since")
        if why_not.strip():
            raise PublicityRefused(
                "Is there a link or not?",
                "With a link, leave empty why there is none.",
                field="why_not",
            )
    else:
        row.why_not = said(why_not, LONGEST_REASON, field="why_not", what="why there is no link")
    row.save(force_insert=True)
    log_entered(
        Subject.HOME_PAGE, row.pk, recall, by.pk, "linked" if row.is_linked else "not_linked"
    )
    return row
