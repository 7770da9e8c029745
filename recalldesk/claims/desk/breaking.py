"""Which promises break next, for the desk: asked for, and mailed each morning.

Guarantees: whatever an owner was told a day for, and still waits, is found from the day on which it
is late until it is done, by the recall's own calendar; a mail holds counts and references only; a
recall with nothing to say sends none, and no day sends two.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.models import Claim
from recalldesk.claims.states import OPEN, ClaimState, FilingState
from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import desk_site
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
    counted = (
        _running(until)
        .order_by("recall__slug", "promised_on")
        .values_list("recall__slug", "promised_on")
    )
    return tuple(
        PromisedDay(slug, day, count)
        for slug, day, count in counted.annotate(Count("pk"))
        if day is not None
    )


def _promises(until: date, recall_id: int | None, most: int) -> tuple[Promise, ...]:
    rows = _running(until)
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


def _running(until: date) -> QuerySet[Claim]:
    """The claims whose promise runs, and ends by a day."""
    return Claim.objects.filter(
        promised_on__lte=until, state__in=sorted(OPEN), filing__state=FilingState.FILED
    )


@dataclass(frozen=True)
class _Named:
    """How many claims, and the references of the oldest promises: one more than a mail names."""

    count: int
    references: tuple[str, ...]


def _named(rows: QuerySet[Claim]) -> _Named:
    by_filing = rows.values("filing__reference").annotate(day=Min("promised_on"), first=Min("pk"))
    oldest = by_filing.order_by("day", "first").values_list("filing__reference", flat=True)
    return _Named(rows.count(), tuple(oldest[: MOST_NAMED + 1]))


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
    if mailed.exists():
        return False
    rows = _running(calendar.next_after(today)).filter(recall_id=recall.pk)
    named = (
        _named(rows.filter(promised_on__lt=today)),
        _named(rows.filter(promised_on=today)),
        _named(rows.filter(promised_on__gt=today)),
    )
    if not any(each.count for each in named):
        return False
    letter = _letter(live, *named)
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


def _letter(live: LiveRecall, late: _Named, due: _Named, near: _Named) -> Letter:
    with override(DESK_LANGUAGE):
        return Letter(
            subject=gettext("%(recall)s: %(late)s late, %(today)s due today")
            % {"recall": live.slug, "late": late.count, "today": due.count},
            language=DESK_LANGUAGE,
            signed="Recalldesk",
            paragraphs=(
                _line(gettext("Late"), late),
                _line(gettext("Due today"), due),
                _line(gettext("Due by the next working day"), near),
                gettext("The days to come: %(address)s") % {"address": _calendar()},
            ),
        )


def _calendar() -> str:
    """Where the desk sees all of it."""
    return desk_site() + reverse("console:promises")


def _line(title: str, promises: _Named) -> str:
    count = promises.count
    words = ngettext("%(count)s claim", "%(count)s claims", count) % {"count": count}
    named = ", ".join(promises.references[:MOST_NAMED])
    more = ", …" if len(promises.references) > MOST_NAMED else ""
    return f"{title}: {words}." + (f" {named}{more}" if named else "")
