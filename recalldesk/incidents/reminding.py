"""The desk is reminded, by mail, of incidents about which nothing is decided.

Guarantees: once at each stage of the clock, also where two workers do it at once or one is killed:
that it was done commits with the mail; a mail holds numbers and times only, and names all that is
undecided of its recall, so that nobody has to look for the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.incidents.desk_addresses import addresses_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.rules import NEAR_AFTER, Clock, left_in_words
from recalldesk.incidents.waiting import since, to_decide
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import desk_site
from recalldesk.recalls.models import Recall

DESK_LANGUAGE = "en"
MOST_NAMED = 30
"""Incidents in a mail, the most urgent first; how many there are stands above them."""

log = structlog.get_logger()


class NobodyToRemind(Exception):
    """No recall names an address, and nobody may decide: it is tried again, and never noted."""


@dataclass(frozen=True)
class Undecided:
    """An incident that waits, as a mail says it."""

    number: int
    clock: Clock


def remind_desk() -> int:
    """Reminds the desk of each recall of which something is due; returns of how many incidents."""
    now = clock.now()
    old = to_decide().annotate(since=since()).filter(since__lte=now - NEAR_AFTER)
    recalls = sorted(set(old.values_list("recall_id", flat=True)), key=lambda each: each or 0)
    return sum(_or_next_time(recall_id, now) for recall_id in recalls)


def _or_next_time(recall_id: int | None, now: datetime) -> int:
    """What fails for one recall is told of and left for the next time; no other waits for it."""
    try:
        return _remind_of(recall_id, now)
    except Exception as error:
        log.error("reminder_left_for_next_time", recall=recall_id, error=type(error).__name__)
        return 0


@transaction.atomic
def _remind_of(recall_id: int | None, now: datetime) -> int:
    of_recall = to_decide().filter(Q(recall_id=recall_id)).annotate(since=since())
    old = list(of_recall.filter(since__lte=now - NEAR_AFTER).values_list("pk", flat=True))
    # Of two workers the second waits here, and finds what the first one kept.
    rows = to_decide().filter(pk__in=old).select_for_update(of=("self",)).order_by("pk")
    held = {each.pk: each for each in rows}
    clocks = {pk: Clock(since) for pk, since in of_recall.values_list("pk", "since")}
    due = [
        row
        for pk, row in held.items()
        if pk in clocks and clocks[pk].reminds(now, reminded_at=row.reminded_at)
    ]
    if not due:
        return 0
    ordered = sorted(clocks.items(), key=lambda each: (each[1].since, each[0]))
    _write(recall_id, [Undecided(*each) for each in ordered], now)
    for incident in due:
        _note(incident, now)
    return len(due)


def _note(incident: Incident, now: datetime) -> None:
    incident.reminded_at = now
    incident.save(update_fields=["reminded_at"])
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=incident.state,
        to_state=incident.state,
        reason=Reason.REMINDED,
        actor=Actor.MACHINE,
        recall_id=incident.recall_id,
    )


def _write(recall_id: int | None, undecided: Sequence[Undecided], now: datetime) -> None:
    """To every address that answers for the recall, or for any where none is known. Raises
    NobodyToRemind."""
    recall = Recall.objects.get(pk=recall_id) if recall_id else None
    addresses = addresses_of(recall_id)
    if not addresses:
        raise NobodyToRemind
    letter = letter_of(recall.slug if recall else "no recall known", undecided, now)
    for address in addresses:
        write_mail(
            recall=recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.INCIDENT_TO_DESK,
        )


def letter_of(recall: str, undecided: Sequence[Undecided], now: datetime) -> Letter:
    """The mail. `undecided`: the most urgent first."""
    count = len(undecided)
    first = undecided[0].clock
    over = sum(each.clock.due_at <= now for each in undecided)
    waits = f"{count} incident{'s wait' if count != 1 else ' waits'} for a decision"
    more = count - MOST_NAMED
    return Letter(
        subject=f"{recall}: {waits} (first: {left_in_words(first.due_at, now)})",
        language=DESK_LANGUAGE,
        signed="Recalldesk",
        paragraphs=(
            f"{waits}: is it reported to the authority?"
            + (f" {over} {'is' if over == 1 else 'are'} over the 24 hours." if over else ""),
        ),
        button=("Decide at the desk", desk_site() + reverse("console:incidents")),
        points=tuple(_line(each, now) for each in undecided[:MOST_NAMED])
        + ((f"And {more} more.",) if more > 0 else ()),
        closing=("The time counts from when we obtained each, or what was told after a decision.",),
    )


def _line(each: Undecided, now: datetime) -> str:
    due = each.clock.due_at
    return f"Incident {each.number}: {left_in_words(due, now)} (until {due:%Y-%m-%d %H:%M} UTC)."
