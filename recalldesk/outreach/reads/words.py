"""What a notice says, for somebody of the desk to read.

Guarantee: its own link, by which its reader's page opens, is left out.
"""

from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.one_notice import notice_of
from recalldesk.outreach.waves.said import said

IN_ITS_PLACE = "[its own link]"


@dataclass(frozen=True, repr=False)
class WordsOfNotice:
    """`subject`: of a mail, or a letter's headline."""

    subject: str
    text: str
    language: str


def words_of_notice(
    wave: Wave, number: int, *, by: Staff
) -> tuple[WordsOfNotice | None, Problem | None]:
    """Its words, or why there are none. Raises NotPermitted, NoSuchNotice, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    notice = notice_of(wave, number)
    try:
        found = said(notice)
    except Problem as problem:
        return None, problem
    text = found.text.replace(found.link, IN_ITS_PLACE)
    return WordsOfNotice(found.subject, text, found.language), None
