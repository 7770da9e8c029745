"""Photos that look alike, over all recalls: leads for reviewers, and for nobody else.

Two honest photos of one product look alike, so no page and no machine decides by it: a lead weighs
only with a second one. No page shows it before the desk does.

Guarantee: a photo that was removed is never found.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from recalldesk.evidence.models import Fingerprint, Photo
from recalldesk.reading.likeness import BITS, NEAR, turns_of

MOST = 50
"""Like photos that are looked for by each of a photo's eight turns."""
LOOKED_AT = 200
"""Of how many candidates the index keeps the nearest while it searches (docs/photos.md)."""
_NEAREST = """
    SELECT near.photo_id, min(near.distance)
    FROM unnest(%s::bit(256)[]) AS turn(bits)
    CROSS JOIN LATERAL (
        SELECT photo_id, bits <~> turn.bits AS distance
        FROM evidence_fingerprint ORDER BY bits <~> turn.bits LIMIT %s
    ) AS near
    WHERE near.distance <= %s AND near.photo_id <> %s
    GROUP BY near.photo_id ORDER BY 2, 1
"""


@dataclass(frozen=True)
class LikePhoto:
    """A photo that looks like another: in how many of 256 bits they differ."""

    photo_id: int
    distance: int


def like_photos(photo: Photo, *, within: int = NEAR) -> list[LikePhoto]:
    """Photos that look like this one, turned or mirrored or not, of any recall; the likest first.

    Leads for reviewers only. The index may miss one in some hundreds; where more than 50 are as
    near, it gives 50 of them.
    """
    turned = Fingerprint.objects.filter(photo_id=photo.pk).values_list("turned", flat=True).first()
    if turned is None:
        return []
    turns = [_as_text(bits) for bits in turns_of(bytes(turned))]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {LOOKED_AT:d}")
        cursor.execute(_NEAREST, [turns, MOST, within, photo.pk])
        return [LikePhoto(photo_id, int(distance)) for photo_id, distance in cursor.fetchall()]


def keep_fingerprint(photo: Photo, likeness: bytes) -> None:
    """By what like photos will be found; `likeness` as reading/likeness.py gives it."""
    upright = turns_of(likeness)[0]
    Fingerprint.objects.create(photo=photo, bits=_as_text(upright), turned=likeness)


def _as_text(bits: bytes) -> str:
    return f"{int.from_bytes(bits):0{BITS}b}"
