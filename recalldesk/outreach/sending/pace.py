"""How many notices of a wave may leave, and to which mail domains.

Guarantees: in no minute of the clock more than the wave says, over all workers; a worker takes
places for some seconds only, and gives back what it did not use, so that one that is killed holds
up nobody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from recalldesk.outreach.models import Pace, Wave

STEP = timedelta(seconds=10)
STEPS = 6
"""In a minute: its notices leave a sixth at a time, not all in its first second."""
WHOLE_WAVE = b""

TAKE = """
INSERT INTO outreach_pace (wave_id, begins_at, domain_digest, used)
SELECT %s, %s, taken.domain, taken.used FROM unnest(%s::bytea[], %s::int[]) AS taken (domain, used)
ON CONFLICT (wave_id, begins_at, domain_digest)
DO UPDATE SET used = outreach_pace.used + excluded.used
"""
GIVE_BACK = """
UPDATE outreach_pace SET used = greatest(outreach_pace.used - given.used, 0)
FROM unnest(%s::bytea[], %s::int[]) AS given (domain, used)
WHERE wave_id = %s AND begins_at = %s AND domain_digest = given.domain
"""


Place = tuple[int, bytes]
"""A notice, and the digest of its mail domain."""


@dataclass(frozen=True)
class Places:
    """Notices that may leave until `until`; `is_full`: more of them wait than have a place."""

    wave_id: int
    begins_at: datetime
    notices: tuple[Place, ...]
    is_full: bool

    @property
    def until(self) -> datetime:
        """After it, they are taken anew."""
        return self.begins_at + STEP


def step_of(now: datetime) -> datetime:
    """When the present step began."""
    seconds = now.timestamp() // STEP.total_seconds() * STEP.total_seconds()
    return datetime.fromtimestamp(seconds, UTC)


def allowed(per_minute: int, begins_at: datetime) -> int:
    """How many of a minute's notices may leave in a step; in its six steps all of them."""
    number = begins_at.second // int(STEP.total_seconds())
    return (number + 1) * per_minute // STEPS - number * per_minute // STEPS


def full_domains(wave: Wave, begins_at: datetime) -> list[bytes]:
    """Those to which nothing may leave for now."""
    rows = Pace.objects.filter(
        wave=wave, begins_at=begins_at, used__gte=allowed(wave.per_domain, begins_at)
    ).exclude(domain_digest=WHOLE_WAVE)
    return [bytes(each) for each in rows.values_list("domain_digest", flat=True)]


@transaction.atomic
def take_places(wave: Wave, *, notices: Sequence[Place], begins_at: datetime) -> Places:
    """Places for as many of these notices as may leave."""
    left = allowed(wave.per_minute, begins_at) - _used_and_locked(wave.pk, begins_at)
    rows = Pace.objects.filter(
        wave=wave, begins_at=begins_at, domain_digest__in={domain for _, domain in notices}
    )
    used = Counter({bytes(row.domain_digest): row.used for row in rows})
    most = allowed(wave.per_domain, begins_at)
    taken: list[Place] = []
    for notice_id, domain in notices:
        if len(taken) >= left:
            break
        if domain != WHOLE_WAVE and used[domain] >= most:
            continue
        used[domain] += 1
        taken.append((notice_id, domain))
    if taken:
        domains, counts = _counted(taken)
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [wave.pk, begins_at, domains, counts])
    return Places(wave.pk, begins_at, tuple(taken), is_full=len(taken) < len(notices))


@transaction.atomic
def give_back(places: Places, unused: Sequence[Place]) -> None:
    """Frees the places of what was not sent."""
    if not unused:
        return
    _used_and_locked(places.wave_id, places.begins_at)
    domains, counts = _counted(unused)
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [domains, counts, places.wave_id, places.begins_at])


def forget_old(now: datetime) -> None:
    """Removes what was counted an hour ago."""
    Pace.objects.filter(begins_at__lt=now - timedelta(hours=1)).delete()


def _used_and_locked(wave_id: int, begins_at: datetime) -> int:
    """How many left of the whole wave; whoever else takes places waits until this commits."""
    whole = {"wave_id": wave_id, "begins_at": begins_at, "domain_digest": WHOLE_WAVE}
    Pace.objects.bulk_create([Pace(**whole)], ignore_conflicts=True)
    return Pace.objects.select_for_update().get(**whole).used


def _counted(notices: Sequence[Place]) -> tuple[list[bytes], list[int]]:
    counts = Counter({WHOLE_WAVE: len(notices)})
    counts.update(domain for _, domain in notices if domain != WHOLE_WAVE)
    return list(counts), list(counts.values())
