"""What is made ready when a recall grows: a wave to those who asked to hear of it, and to the
purchasers who are covered now.

Guarantees: each version that covers more than what was live before has one such wave, written down
as a draft within minutes, also where the version that brought it was replaced meanwhile; nobody is
written to before two people of the desk saw it; the desk is told that it waits; who asked is marked
as told only once a notice to them went out.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction

from recalldesk.foundation import clock
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.outreach.forgotten import standing_wishes
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import draft_wave
from recalldesk.outreach.waves.telling import tell_writers
from recalldesk.purchasers.models import ContactPoint
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import live_version, published_before
from recalldesk.recalls.states import VersionState
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.units.grown import has_grown

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


@transaction.atomic
def _made_ready(version: RecallVersion) -> bool:
    """One at a time: whoever comes second sees that the draft is there."""
    recall = Recall.objects.select_for_update(no_key=True).get(pk=version.recall_id)
    live = live_version(recall)
    if live != version or Wave.objects.filter(kind=WaveKind.GROWN, version=version).exists():
        return False
    if not any(has_grown(each, version) for each in _told_of_last(version)):
        return False
    ways = _ways(recall)
    if not ways:
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


def _told_of_last(version: RecallVersion) -> Iterator[RecallVersion]:
    """The versions that were live before it, the newest first, down to one that had a wave of its
    own or was not fresh any more: what was replaced before anybody looked may have grown, too."""
    since = clock.now() - LOOKED_AT_FOR
    had = set(Wave.objects.filter(kind=WaveKind.GROWN).values_list("version_id", flat=True))
    for earlier in published_before(version):
        yield earlier
        assert earlier.published_at is not None
        if earlier.pk in had or earlier.published_at < since:
            return


def _ways(recall: Recall) -> tuple[Way, ...]:
    """Those that reach somebody: who asked, or a purchaser."""
    kinds = set(
        ContactPoint.objects.filter(recall_id=recall.pk)
        .order_by()
        .values_list("kind", flat=True)
        .distinct()
    )
    asked = standing_wishes().filter(recall=recall).exists()
    is_by_mail = asked or kinds & {ContactKind.EMAIL, ContactKind.ALIAS}
    found = [Way.EMAIL] if is_by_mail else []
    if are_texts_sent() and (ContactKind.PHONE in kinds or _is_any_asked_for_by_phone(recall)):
        found.append(Way.SMS)
    if ContactKind.ADDRESS in kinds:
        found.append(Way.LETTER)
    return tuple(found)


def _is_any_asked_for_by_phone(recall: Recall) -> bool:
    wishes = standing_wishes().filter(recall=recall).order_by("pk")
    return any("@" not in opened(each, "sealed_contact") for each in wishes.iterator())


def _tell_the_desk(wave: Wave) -> None:
    asked = standing_wishes().filter(recall=wave.recall).count()
    tell_writers(
        wave,
        f"The recall grew. A draft stands at the desk: to {asked:,} who asked to be told, and to "
        "the purchasers who are covered now. Nobody is written to yet. Read its words, see whom "
        "it reaches, send a test, and ask a colleague to approve it.",
    )
