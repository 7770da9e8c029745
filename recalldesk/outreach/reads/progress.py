"""How far a wave is: what stands where in each way, how fast it goes, and when it may be done.

Guarantee: each number is counted from rows, which `reads.notices` lists under the same words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.outreach.answering.of_erased import GIVEN
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
    morning; `by_day`: of these, which wait for the morning alone; `repeats`: attempts of which
    nobody knows whether the one before had gone out."""

    states: Mapping[NoticeState, int] = field(default_factory=dict)
    withheld: Mapping[Withheld, int] = field(default_factory=dict)
    later: int = 0
    by_day: int = 0
    repeats: int = 0
    delivered: int = 0
    opened: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Progress:
    """A wave's. `answers`: those that stand, by kind; `answered`: notices that have one; `claims`,
    `begun`: notices by whose link a claim was sent, or only begun; `lately`: sent by machine in the
    last five minutes; `until`: when the machine's ways are done at that pace, None where nothing of
    theirs waits or nothing is being sent."""

    ways: Mapping[Way, WayProgress]
    answers: Mapping[AnswerKind, int]
    answered: int
    claims: int
    begun: int
    lately: int
    until: datetime | None


def progress_of(wave: Wave, *, by: Staff) -> Progress:
    """Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    ways = _ways(wave)
    given = Answer.objects.filter(GIVEN, notice__wave=wave, undone_at=None)
    lately = DirectNotice.objects.filter(
        wave=wave, way__in=SENT_BY_MACHINE, sent_at__gt=clock.now() - LATELY
    ).count()
    begun = NoticeFiling.objects.filter(notice__wave=wave)
    filed = begun.filter(filing__filed_at__isnull=False)
    unsent = begun.filter(filing__filed_at=None).exclude(notice__in=filed.values("notice"))
    return Progress(
        ways=ways,
        answers={
            AnswerKind(kind): count
            for kind, count in given.values_list("kind").annotate(Count("pk")).order_by("kind")
        },
        answered=given.values("notice").distinct().count(),
        claims=filed.values("notice").distinct().count(),
        begun=unsent.values("notice").distinct().count(),
        lately=lately,
        until=_until(wave, ways, lately),
    )


def answered_of_waves(recall: Recall, *, by: Staff) -> Mapping[int, int]:
    """How many notices of each wave were answered, by the wave's row. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    given = Answer.objects.filter(GIVEN, notice__wave__recall=recall, undone_at=None).order_by()
    counted = given.values_list("notice__wave").annotate(Count("notice", distinct=True))
    return {int(wave): int(count) for wave, count in counted}


def _ways(wave: Wave) -> dict[Way, WayProgress]:
    """All numbers of all ways in one look at the rows: a wave may have a million."""
    waits = Q(state=NoticeState.WAITING, not_before__isnull=False)
    rows = (
        DirectNotice.objects.filter(wave=wave)
        .order_by()
        .values("way", "state", "withheld")
        .annotate(
            whole=Count("pk"),
            later=Count("pk", filter=waits),
            by_day=Count("pk", filter=waits & Q(way=Way.SMS, last_error="")),
            repeated=Sum("repeats", default=0),
            delivered=Count("delivered_at"),
            opened=Count("opened_at"),
        )
    )
    found = {way: [row for row in rows if row["way"] == way] for way in Way}
    return {way: _way(found[way]) for way in Way if found[way] or way.value in wave.ways}


def _way(rows: Sequence[Mapping[str, Any]]) -> WayProgress:
    """Of its rows, each with what they have in common."""
    states: Counter[NoticeState] = Counter()
    withheld: Counter[Withheld] = Counter()
    for row in rows:
        states[NoticeState(row["state"])] += row["whole"]
        if row["withheld"]:
            withheld[Withheld(row["withheld"])] += row["whole"]
    return WayProgress(
        states=states,
        withheld=withheld,
        later=sum(row["later"] for row in rows),
        by_day=sum(row["by_day"] for row in rows),
        repeats=sum(row["repeated"] for row in rows),
        delivered=sum(row["delivered"] for row in rows),
        opened=sum(row["opened"] for row in rows),
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
