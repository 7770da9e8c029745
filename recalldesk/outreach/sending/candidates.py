"""Which notices of a wave a worker may take next."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q, QuerySet

from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.sending.claiming import let_go_before
from recalldesk.outreach.sending.pace import (
    Place,
    Places,
    allowed,
    full_domains,
    step_of,
    take_places,
)
from recalldesk.outreach.states import SENT_BY_MACHINE, NoticeState, WaveState, Way

MOST = 100
SHARE = 8
"""A worker takes no more than an eighth of what may leave now: the others have work, too."""


@dataclass(frozen=True)
class Found:
    """Places for some notices; or none, and whether others wait for the wave's pace."""

    places: Places | None
    is_held_up: bool


def ways_of(wave: Wave) -> list[Way]:
    """Those by which its notices are sent by machine."""
    return [way for way in SENT_BY_MACHINE if way in wave.ways]


def sending_waves() -> list[Wave]:
    """Those that are at work."""
    waves = Wave.objects.filter(state=WaveState.SENDING, prepared_at__isnull=False).order_by("pk")
    return [wave for wave in waves if ways_of(wave)]


def due(wave: Wave, way: Way, now: datetime) -> QuerySet[DirectNotice]:
    """Those that may be taken: waiting, not put off, and in nobody's hand."""
    return DirectNotice.objects.filter(
        Q(not_before=None) | Q(not_before__lte=now),
        Q(tried_at=None) | Q(tried_at__lt=let_go_before(now)),
        wave=wave,
        way=way,
        state=NoticeState.WAITING,
    )


def is_anything_due(now: datetime) -> bool:
    """Whether some wave has a notice that may be taken."""
    return any(due(wave, way, now).exists() for wave in sending_waves() for way in ways_of(wave))


def find_places(*, now: datetime, first_wave: int, but: Collection[tuple[int, Way]]) -> Found:
    """Places for notices of the first wave that has some, in turn from `first_wave` on."""
    waves = sending_waves()
    is_held_up = False
    for turn in range(len(waves)):
        wave = waves[(first_wave + turn) % len(waves)]
        for way in ways_of(wave):
            if (wave.pk, way) in but:
                continue
            found = _of_wave(wave, way, now)
            if found.places is not None:
                return found
            is_held_up = is_held_up or found.is_held_up
    return Found(None, is_held_up)


def _of_wave(wave: Wave, way: Way, now: datetime) -> Found:
    begins_at = step_of(now)
    full = full_domains(wave, begins_at)
    most = min(MOST, max(1, allowed(wave.per_minute, begins_at) // SHARE))
    wanted = _some(due(wave, way, now), full, most)
    if not wanted:
        return Found(None, bool(full) and due(wave, way, now).exists())
    places = take_places(wave, notices=wanted, begins_at=begins_at)
    return Found(places if places.notices else None, places.is_full)


def _some(rows: QuerySet[DirectNotice], full: Sequence[bytes], most: int) -> list[Place]:
    """From somewhere in the middle on, so that two workers seldom want the same ones."""
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    pivot = ends["first"] + secrets.randbelow(ends["last"] - ends["first"] + 1)
    free = rows.exclude(domain_digest__in=full) if full else rows
    columns = free.order_by("pk").values_list("pk", "domain_digest")
    found = list(columns.filter(pk__gte=pivot)[:most])
    if len(found) < most:
        found += columns.filter(pk__lt=pivot)[: most - len(found)]
    return [(pk, bytes(domain)) for pk, domain in found]
