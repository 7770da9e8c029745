"""Photos that are the same or look alike, over all recalls: leads for a person.

Two honest photos of one product look alike, so nothing is ever declined by it, and a photo that is
only like weighs with a second lead alone (claims/rules.py).

Guarantees: every photo that is near is found, whatever else is there, but for what `MOST` leaves
out; a photo that was removed is never found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from recalldesk.evidence.models import Fingerprint, Photo
from recalldesk.reading.likeness import BITS, NEAR, PARTS, near_parts_of, parts_of, turns_of

MOST = 200
"""Given at most, the nearest."""
_NEAR = """
    (SELECT %s::bigint, photo_id, apart FROM (
        SELECT photo_id,
            (SELECT min(bit_count(bits # turn)) FROM unnest(%s::bit(256)[]) AS turn) AS apart
        FROM evidence_fingerprint WHERE one_part_is_near
    ) AS candidate
    WHERE apart <= %s AND photo_id <> %s ORDER BY apart, photo_id LIMIT %s)
""".replace(
    "one_part_is_near",
    " OR ".join(f"parts[{place}] = ANY(%s)" for place in range(1, PARTS + 1)),
)


@dataclass(frozen=True)
class LikePhoto:
    """A photo that looks like another: in how many of 256 bits they differ."""

    photo_id: int
    distance: int


def like_photos(photo: Photo, *, within: int = NEAR) -> list[LikePhoto]:
    """Photos that look like this one, turned or mirrored or not, of any recall; the likest first.

    `within` is at most 31: the index finds none that is farther.
    """
    return like_photos_of([photo.pk], within=within).get(photo.pk, [])


def like_photos_of(photo_ids: Sequence[int], *, within: int = NEAR) -> dict[int, list[LikePhoto]]:
    """The same of several photos in one question, by the photo that each is like."""
    if within > NEAR:
        raise ValueError("the index finds none that differs in more bits")
    rows = Fingerprint.objects.filter(photo_id__in=photo_ids).order_by("photo_id")
    known = list(rows.values_list("photo_id", "turned"))
    if not known:
        return {}
    asked = [value for photo_id, turned in known for value in _asked(photo_id, turned, within)]
    with transaction.atomic(), connection.cursor() as cursor:
        # A planner that knows nothing of the table yet would read all of it.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(" UNION ALL ".join([_NEAR] * len(known)), asked)
        found = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
    like: dict[int, list[LikePhoto]] = {}
    for of_photo, photo_id, distance in sorted(found, key=lambda row: (row[0], row[2], row[1])):
        like.setdefault(of_photo, []).append(LikePhoto(photo_id, distance))
    return like


def _asked(photo_id: int, turned: bytes | memoryview, within: int) -> list[Any]:
    turns = turns_of(bytes(turned))
    of_turns = [near_parts_of(bits) for bits in turns]
    near = [list({part for parts in of_turns for part in parts[place]}) for place in range(PARTS)]
    return [photo_id, [_as_text(bits) for bits in turns], *near, within, photo_id, MOST]


def same_photos(photo: Photo) -> list[LikePhoto]:
    """Photos of any set that came as the same bytes, or became the same picture once cleaned."""
    same: set[int] = set()
    for field in ("original_digest", "picture_digest"):
        digest = bytes(getattr(photo, field))
        if digest:
            rows = Photo.objects.filter(**{field: digest}).exclude(pk=photo.pk)
            same.update(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    return [LikePhoto(photo_id, 0) for photo_id in sorted(same)]


def keep_fingerprint(photo: Photo, likeness: bytes) -> None:
    """By what like photos will be found; `likeness` as reading/likeness.py gives it."""
    upright = turns_of(likeness)[0]
    Fingerprint.objects.create(
        photo=photo, bits=_as_text(upright), turned=likeness, parts=list(parts_of(upright))
    )


def _as_text(bits: bytes) -> str:
    return f"{int.from_bytes(bits):0{BITS}b}"
