"""From an address of the pages of waves to the wave that it names, or the page that says: none."""

from django.http import Http404
from django.urls import reverse

from recalldesk.console.recall_named import recall_or_404
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.notices import NoticeFilters, query_of_notices

LONGEST_NUMBER = 9


def wave_or_404(slug: str, number: int) -> Wave:
    """That wave of the recall of that name."""
    rows = Wave.objects.select_related("recall", "version", "written_by", "asked_by", "approved_by")
    found = None
    if number < 10**LONGEST_NUMBER:
        found = rows.filter(recall=recall_or_404(slug), number=number).first()
    if found is None:
        raise Http404
    return found


def wave_address(name: str, wave: Wave, *more: object) -> str:
    """An address of a page of a wave."""
    return reverse(f"console:{name}", args=[wave.recall.slug, wave.number, *more])


def notices_address(wave: Wave, filters: NoticeFilters, *, after: str = "") -> str:
    """The address of a page of the wave's notices."""
    query = query_of_notices(filters, after=after)
    return wave_address("wave_notices", wave) + (f"?{query}" if query else "")
