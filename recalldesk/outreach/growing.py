"""What is made ready when a recall grows: a wave to those who asked to hear of it, and to the
purchasers who are covered now.

Guarantees: each version that covers more than the one before has one such wave, written down as a
draft within minutes; nobody is written to before two people of the desk saw it; the desk is told
that it waits; who asked is marked as told only once a notice to them went out.
"""

from datetime import date, timedelta

from django.db import connection, transaction

from recalldesk.foundation import clock
from recalldesk.outreach.models import GrowthWatch, Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import draft_wave
from recalldesk.outreach.waves.telling import tell_writers
from recalldesk.purchasers.models import ContactPoint
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.product import Sold
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version, version_before
from recalldesk.recalls.states import VersionState
from recalldesk.units.list_differences import lists_that_differ

LOOKED_AT_FOR = timedelta(days=7)
"""After it went live. What was not seen in a week is written by hand."""
NAME = "The recall grew: version {0}"
TOLD = """
UPDATE outreach_growthwatch g SET told_at = n.sent_at
FROM outreach_directnotice n
WHERE n.wish_id = g.id AND n.state = 'sent' AND g.told_at IS NULL
"""


def make_growth_ready() -> int:
    """Writes the draft of a wave for each recall that grew and has none; how many."""
    since = clock.now() - LOOKED_AT_FOR
    fresh = RecallVersion.objects.filter(state=VersionState.LIVE, published_at__gte=since)
    had = Wave.objects.filter(kind=WaveKind.GROWN).values("version_id")
    rows = fresh.exclude(pk__in=had).filter(recall__closed_at=None).select_related("recall")
    return sum(_made_ready(version) for version in rows.order_by("pk"))


def mark_wishes_told() -> int:
    """Marks who asked to hear of it, and was sent a notice; how many."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return int(cursor.rowcount)


def has_grown(before: RecallVersion, after: RecallVersion) -> bool:
    """Whether the later version covers something that the earlier one does not name: more serials
    of a list, a list, range or pattern that is new, or another time or place of sale."""
    if any(each.after > each.before for each in lists_that_differ(before, after)):
        return True
    old, new = document_of(before), document_of(after)
    return bool(_entries(new) - _entries(old)) or _is_sold_wider(old, new)


def _entries(document: Document) -> set[str]:
    scope = document.scope
    every: tuple[ListSpec | RangeSpec | PatternSpec, ...]
    every = (*scope.lists, *scope.ranges, *scope.patterns)
    return {repr(each) for each in every if each.meaning is Meaning.RECALLED}


def _is_sold_wider(old: Document, new: Document) -> bool:
    """Whether a product is new, or was sold earlier, longer, or in another country, too."""
    for product in new.products:
        was = old.product_by_key.get(product.key)
        if was is None:
            return True
        before, after = was.sold, product.sold
        if set(after.countries) - set(before.countries):
            return True
        if _first(after) < _first(before) or _last(after) > _last(before):
            return True
    return False


def _first(sold: Sold) -> date:
    return sold.since or date.min


def _last(sold: Sold) -> date:
    """The last day; of what is sold still, none is later."""
    return sold.until or date.max


@transaction.atomic
def _made_ready(version: RecallVersion) -> bool:
    """One at a time: whoever comes second sees that the draft is there."""
    recall = Recall.objects.select_for_update(no_key=True).get(pk=version.recall_id)
    live = live_version(recall)
    if live != version or Wave.objects.filter(kind=WaveKind.GROWN, version=version).exists():
        return False
    before = version_before(version)
    ways = _ways(recall)
    if before is None or not ways or not has_grown(before, version):
        return False
    wave = draft_wave(
        recall=recall,
        name=NAME.format(version.number),
        by=None,
        kind=WaveKind.GROWN,
        ways=ways,
    )
    _tell_the_desk(wave)
    return True


def _ways(recall: Recall) -> tuple[Way, ...]:
    """Those that reach somebody: who asked, or a purchaser."""
    kinds = set(
        ContactPoint.objects.filter(recall_id=recall.pk)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    asked = GrowthWatch.objects.filter(recall=recall, told_at=None).exists()
    is_by_mail = asked or kinds & {ContactKind.EMAIL, ContactKind.ALIAS}
    found = [Way.EMAIL] if is_by_mail else []
    if ContactKind.ADDRESS in kinds:
        found.append(Way.LETTER)
    return tuple(found)


def _tell_the_desk(wave: Wave) -> None:
    asked = GrowthWatch.objects.filter(recall=wave.recall, told_at=None).count()
    tell_writers(
        wave,
        f"The recall grew. A draft stands at the desk: to {asked:,} who asked to be told, and to "
        "the purchasers who are covered now. Nobody is written to yet. Read its words, see whom "
        "it reaches, send a test, and ask a colleague to approve it.",
    )
