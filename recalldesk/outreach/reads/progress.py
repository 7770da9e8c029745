"""How far a wave is: what stands where in each way, how fast it goes, and when it may be done.

Guarantee: each number is counted from rows, which `reads.notices` lists under the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling, Wave
from recalldesk.outreach.states import (
    SENT_BY_MACHINE,
    AnswerKind,
    NoticeState,
    WaveState,
    Way,
    Withheld,
)
from recalldesk.recalls.models import Recall

LATELY = timedelta(minutes=5)


@dataclass(frozen=True)
class WayProgress:
    """The notices of one way. `later`: of those waiting, which are tried again or wait for the
    morning; `repeats`: attempts of which nobody knows whether the one before had gone out."""

    states: Mapping[NoticeState, int] = field(default_factory=dict)
    withheld: Mapping[Withheld, int] = field(default_factory=dict)
    later: int = 0
    repeats: int = 0
    delivered: int = 0
    opened: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Progress:
    """A wave's. `lately`: sent by machine in the last five minutes; `until`: when the machine's
    ways are done at that pace, None where nothing of theirs waits or nothing is being sent."""

    ways: Mapping[Way, WayProgress]
    answers: Mapping[AnswerKind, int]
    answered: int
    claims: int
    lately: int
    until: datetime | None


def progress_of(wave: Wave, *, by: Staff) -> Progress:
    """Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    ways = {way: found for way in Way if (found := _way(wave, way)).whole or way.value in wave.ways}
    given = Answer.objects.filter(notice__wave=wave, undone_at=None)
    lately = DirectNotice.objects.filter(
        wave=wave, way__in=SENT_BY_MACHINE, sent_at__gt=clock.now() - LATELY
    ).count()
    return Progress(
        ways=ways,
        answers={
            AnswerKind(kind): count
            for kind, count in given.values_list("kind").annotate(Count("pk")).order_by("kind")
        },
        answered=given.values("notice").distinct().count(),
        claims=NoticeFiling.objects.filter(notice__wave=wave, filing__filed_at__isnull=False)
        .values("notice")
        .distinct()
        .count(),
        lately=lately,
        until=_until(wave, ways, lately),
    )


def answered_of_waves(recall: Recall, *, by: Staff) -> Mapping[int, int]:
    """How many notices of each wave were answered, by the wave's row. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    given = Answer.objects.filter(notice__wave__recall=recall, undone_at=None).order_by()
    counted = given.values_list("notice__wave").annotate(Count("notice", distinct=True))
    return {int(wave): int(count) for wave, count in counted}


def _way(wave: Wave, way: Way) -> WayProgress:
    rows = DirectNotice.objects.filter(wave=wave, way=way)
    told = rows.aggregate(
        later=Count("pk", filter=Q(state=NoticeState.WAITING, not_before__isnull=False)),
        repeated=Sum("repeats", default=0),
        delivered=Count("pk", filter=Q(delivered_at__isnull=False)),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
    )
    return WayProgress(
        states={
            NoticeState(state): count
            for state, count in rows.values_list("state").annotate(Count("pk")).order_by()
        },
        withheld={
            Withheld(reason): count
            for reason, count in rows.exclude(withheld="")
            .values_list("withheld")
            .annotate(Count("pk"))
            .order_by()
        },
        later=told["later"],
        repeats=told["repeated"],
        delivered=told["delivered"],
        opened=told["opened"],
    )


def _until(wave: Wave, ways: Mapping[Way, WayProgress], lately: int) -> datetime | None:
    waiting = sum(
        found.states.get(NoticeState.WAITING, 0)
        for way, found in ways.items()
        if way in SENT_BY_MACHINE
    )
    if wave.state != WaveState.SENDING or not waiting or not lately:
        return None
    return clock.now() + LATELY * (waiting / lately)
