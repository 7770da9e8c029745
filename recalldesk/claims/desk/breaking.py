"""Which promises break next, for the desk: asked for, and mailed each morning.

Guarantees: whatever an owner was told a day for, and still waits, is found from the day on which it
is late until it is done, by the recall's own calendar; a mail holds counts and references only; a
recall with nothing to say sends none, and no day sends two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.letters import site_of
from recalldesk.claims.models import Claim
from recalldesk.claims.states import OPEN, ClaimState, FilingState
from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.recalls.working_calendar import calendar_of

DESK_LANGUAGE = "en"
MAILED = "promises_mailed"
MOST_NAMED = 30
"""References of one kind in a mail; how many there are stands beside them."""


@dataclass(frozen=True)
class Promise:
    """A promise that runs. `by`: the day that the owner was told."""

    claim_id: int
    reference: str
    recall: str
    state: ClaimState
    by: date
    desk: str


@dataclass(frozen=True)
class PromisedDay:
    """How many promises of a recall end on a day."""

    recall: str
    day: date
    count: int


def promises_about_to_break(
    *, by: Staff, until: date, recall_id: int | None = None, most: int = 500
) -> tuple[Promise, ...]:
    """The promises to be kept by a day, late ones too, the oldest first. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    return _promises(until, recall_id, most)


def promises_by_day(*, by: Staff, until: date) -> tuple[PromisedDay, ...]:
    """How many promises end on each day, late ones too, by one query. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    rows = Claim.objects.filter(
        promised_on__lte=until, state__in=sorted(OPEN), filing__state=FilingState.FILED
    )
    counted = rows.order_by("recall__slug", "promised_on").values_list(
        "recall__slug", "promised_on"
    )
    return tuple(
        PromisedDay(slug, day, count)
        for slug, day, count in counted.annotate(Count("pk"))
        if day is not None
    )


def _promises(until: date, recall_id: int | None, most: int | None) -> tuple[Promise, ...]:
    rows = Claim.objects.filter(
        promised_on__lte=until, state__in=sorted(OPEN), filing__state=FilingState.FILED
    )
    if recall_id is not None:
        rows = rows.filter(recall_id=recall_id)
    found = rows.order_by("promised_on", "pk").values_list(
        "pk", "filing__reference", "recall__slug", "state", "promised_on", "desk"
    )
    return tuple(
        Promise(pk, reference, slug, ClaimState(state), promised_on, desk)
        for pk, reference, slug, state, promised_on, desk in found[:most]
        if promised_on is not None
    )


def mail_promises() -> int:
    """Mails the desk of each recall what is late, due today and due by its next working day;
    returns how many recalls had something. Again on the same day nothing is sent."""
    return sum(_mail_of(live) for live in live_recalls())


@transaction.atomic
def _mail_of(live: LiveRecall) -> bool:
    recall = Recall.objects.select_for_update().get(pk=live.recall_id)
    calendar = calendar_of(live.document)
    today = calendar.day_of(clock.now())
    mailed = StateChange.objects.filter(
        subject=Subject.RECALL,
        subject_id=recall.pk,
        to_state=MAILED,
        at__gte=calendar.begins_at(today),
    )
    promises = _promises(calendar.next_after(today), recall.pk, None)
    if not promises or mailed.exists():
        return False
    letter = _letter(live, promises, today)
    for address in dict.fromkeys(brand.email for brand in live.document.brands):
        write_mail(
            recall=recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.PROMISES_TO_DESK,
        )
    record_change(
        subject=Subject.RECALL,
        subject_id=recall.pk,
        to_state=MAILED,
        actor=Actor.MACHINE,
        recall_id=recall.pk,
    )
    return True


def _letter(live: LiveRecall, promises: Sequence[Promise], today: date) -> Letter:
    late = [each for each in promises if each.by < today]
    due = [each for each in promises if each.by == today]
    near = [each for each in promises if each.by > today]
    with override(DESK_LANGUAGE):
        return Letter(
            subject=gettext("%(recall)s: %(late)s late, %(today)s due today")
            % {"recall": live.slug, "late": len(late), "today": len(due)},
            language=DESK_LANGUAGE,
            signed="Recalldesk",
            paragraphs=(
                _line(gettext("Late"), late),
                _line(gettext("Due today"), due),
                _line(gettext("Due by the next working day"), near),
                gettext("The days to come: %(address)s") % {"address": _calendar_of(live)},
            ),
        )


def _calendar_of(live: LiveRecall) -> str:
    """Where the desk sees all of it."""
    return site_of(live.document.brands[0]) + reverse("console:promises")


def _line(title: str, promises: Sequence[Promise]) -> str:
    count = len(promises)
    words = ngettext("%(count)s claim", "%(count)s claims", count) % {"count": count}
    references = list(dict.fromkeys(each.reference for each in promises))
    named = ", ".join(references[:MOST_NAMED])
    more = ", …" if len(references) > MOST_NAMED else ""
    return f"{title}: {words}." + (f" {named}{more}" if named else "")
