"""What everything that is entered here has in common.

Guarantees: rows of a recall are written one after the other; a form that was sent twice is kept
once; a day or moment to come is refused.
"""

from datetime import date, datetime
from urllib.parse import urlsplit

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.models.home_page import LONGEST_ADDRESS
from recalldesk.recalls.models import Recall

MOST = 2**53
"""Of a figure that somebody types."""


def lock_recall(recall: Recall) -> None:
    """Held until the end of the transaction; nothing but what is entered of the recall waits."""
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)


def address(text: str, *, field: str) -> str:
    """An address on the web. Raises PublicityRefused."""
    given = text.strip()
    try:
        parts = urlsplit(given)
        is_one = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        is_one = False
    if not is_one or len(given) > LONGEST_ADDRESS or len(given.split()) != 1:
        raise PublicityRefused(
            "That is no address on the web.", "It begins with https://.", field=field
        )
    return given


def day_that_was(day: date, *, field: str) -> date:
    """A day of UTC that is not to come. Raises PublicityRefused."""
    if day > clock.now().date():
        raise PublicityRefused("That day is still to come (UTC).", field=field)
    return day


def moment_that_was(moment: datetime, *, field: str) -> datetime:
    """A moment that is not to come. Raises PublicityRefused."""
    if moment > clock.now():
        raise PublicityRefused("That time is still to come.", "It is in UTC.", field=field)
    return moment


def said(text: str, longest: int, *, field: str, what: str) -> str:
    """A text that says something, and not too much. Raises PublicityRefused."""
    given = text.strip()
    if not given:
        raise PublicityRefused(f"Write {what}.", field=field)
    if len(given) > longest:
        raise PublicityRefused(f"That has over {longest} characters.", field=field)
    return given


def log_entered(
    subject: Subject, number: int, recall: Recall, by_id: int, to_state: str = "entered"
) -> None:
    """That it was entered."""
    record_change(
        subject=subject,
        subject_id=number,
        to_state=to_state,
        reason=Reason.ENTERED,
        actor_id=by_id,
        recall_id=recall.pk,
    )


def log_taken_back(subject: Subject, number: int, recall_id: int, by_id: int, note: str) -> None:
    """That it was taken back, and why. Raises PublicityRefused where nothing says why."""
    record_change(
        subject=subject,
        subject_id=number,
        from_state="entered",
        to_state="taken_back",
        reason=Reason.TAKEN_BACK,
        actor_id=by_id,
        recall_id=recall_id,
        note=said(note, 2_000, field="note", what="why it is taken back"),
    )
