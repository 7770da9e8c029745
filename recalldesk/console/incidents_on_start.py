"""What the first page of the desk says of incidents.

Guarantee: whoever writes recalls learns there that a published notice says otherwise than is
counted, until a newer version of it says the same.
"""

from dataclasses import dataclass

from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.incidents.desk_lists import IncidentList, counts_of_lists, over_time
from recalldesk.incidents.tally.compared import compared, unsaid
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_recalls, newest_version


@dataclass(frozen=True)
class NoticeDiffers:
    """A recall whose notice says otherwise than is counted; `url` leads to both."""

    slug: str
    url: str


def incidents_on_start(person: Staff) -> dict[str, int] | None:
    """How many incidents are to be decided, and of how many the time is over."""
    if not person.may(Permission.SEE_INCIDENTS):
        return None
    counts = counts_of_lists(by=person, lists=(IncidentList.DECIDE, IncidentList.NEWS))
    waiting = counts[IncidentList.DECIDE]
    return {
        "waiting": waiting,
        "over": over_time(by=person) if waiting else 0,
        "news": counts[IncidentList.NEWS],
    }


def notices_that_differ(person: Staff) -> list[NoticeDiffers]:
    """Those whose newest version says another number than is counted, or leaves harm out."""
    if not person.may(Permission.EDIT_RECALL) or not person.may(Permission.SEE_INCIDENTS):
        return []
    counting = [
        live.recall_id
        for live in live_recalls()
        if any(each.counts for each in live.document.figures.values())
    ]
    return [
        NoticeDiffers(recall.slug, f"{reverse('console:incident_figures')}?recall={recall.slug}")
        for recall in Recall.objects.filter(pk__in=counting).order_by("slug")
        if _differs(recall, person)
    ]


def _differs(recall: Recall, person: Staff) -> bool:
    newest = newest_version(recall)
    if newest is None:
        return False
    figures, tally = document_of(newest).figures, tally_of(recall, by=person)
    return any(each.differs for each in compared(figures, tally)) or bool(unsaid(figures, tally))
