"""Like photos among a million: that the index finds every planted copy, and how fast."""

import statistics
import time
from collections.abc import Callable, Iterator

import numpy
from django.core.management import call_command
from django.db import connection, transaction
from numpy.typing import NDArray

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.evidence import actions
from recalldesk.evidence.like_photos import keep_fingerprint, like_photos
from recalldesk.evidence.models import Photo
from recalldesk.reading.likeness import BITS, BYTES, NEAR, PARTS, TURNS, parts_of
from recalldesk.recalls.models import Recall

SCENES = 2_000
"""Ways in which products lie on tables: photos of one are liker than chance, and no copies."""
LEAST_NOISE, MOST_NOISE = 0.15, 0.45
"""Shares of bits in which a photo differs from its scene."""
BATCH = 20_000
SCANS = 5
INSERTS = 200
Bits = NDArray[numpy.uint8]
"""Of each row, 32 bytes."""
SCAN = "SELECT photo_id FROM evidence_fingerprint WHERE " + " OR ".join(
    ["bit_count(bits # %s::bit(256)) <= %s"] * TURNS
)


def measure(sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    call_command("migrate", verbosity=0, interactive=False)
    draw = numpy.random.default_rng(14)
    stored = numpy.concatenate(list(_photos_of_scenes(sizes.fingerprints, draw)))
    queries, turns = _planted(stored, sizes.planted, draw)
    first = _photos(sizes.fingerprints + len(queries) + INSERTS)
    seconds, size = _stored(first, numpy.concatenate([stored, queries]), turns)
    section = Section(
        "Like photos among many",
        f"{sizes.fingerprints:,} made-up fingerprints of 256 bits in the table and its indexes: "
        f"photos of {SCENES:,} scenes, each with {LEAST_NOISE:.0%} to {MOST_NOISE:.0%} of the "
        f"scene's bits turned over. {len(queries):,} more are copies of photos drawn at random, "
        f"with 0 to {NEAR} bits turned over, one in each of the eight turns in turn; each is "
        "asked for its like photos by `like_photos`, and the same is found without an index over "
        f"all rows. A scan is one pass over the table for all eight turns, mean of {SCANS}.",
    )
    photos = [first + sizes.fingerprints + place for place in range(len(queries))]
    _judge_found(section, photos, first, _all_near(stored, queries, turns))
    _judge_time(section, photos, turns)
    section.add("building the indexes at once", f"{seconds:.0f} s, {size / 1_000_000:,.0f} MB")
    one_more = _insert(photos[-1] + 1, draw)
    section.add("one fingerprint more, median", f"{one_more * 1_000:.1f} ms")
    return section


def _photos_of_scenes(count: int, draw: numpy.random.Generator) -> Iterator[Bits]:
    scenes = draw.integers(0, 2, (SCENES, BITS), dtype=numpy.uint8)
    for start in range(0, count, BATCH):
        some = min(BATCH, count - start)
        noise = draw.uniform(LEAST_NOISE, MOST_NOISE, (some, 1))
        over = draw.random((some, BITS)) < noise
        yield numpy.packbits(scenes[draw.integers(0, SCENES, some)] ^ over, axis=1)


def _planted(stored: Bits, count: int, draw: numpy.random.Generator) -> tuple[Bits, Bits]:
    """Copies as they stand, and their eight turns, one of which is near a stored photo."""
    turns = draw.integers(0, 256, (count, TURNS, BYTES), dtype=numpy.uint8)
    for place, of in enumerate(draw.integers(0, len(stored), count)):
        bits = numpy.unpackbits(stored[of])
        bits[draw.choice(BITS, place % (NEAR + 1), replace=False)] ^= 1
        turns[place, place // (NEAR + 1) % TURNS] = numpy.packbits(bits)
    return turns[:, 0], turns


def _photos(count: int) -> int:
    """So many clean photos without files, numbered from the one that is returned."""
    recall = Recall.objects.create(slug="bench-like-photos")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_photo (evidence_set_id, kind, state, storage_key, original_bytes,"
            " original_digest, picture_bytes, picture_digest, width, height, problem, scan,"
            " scanned_with, failed_cleanings, reading, failed_readings, received_at)"
            " SELECT %s, 'other', 'clean', '', 1, int8send(number), 1, '', 1, 1, '', '', '', 0, '',"
            " 0, now() FROM generate_series(1, %s) AS number",
            [actions.new_evidence_set(recall=recall).pk, count],
        )
    return Photo.objects.earliest("pk").pk


def _stored(first: int, bits: Bits, turns: Bits) -> tuple[float, int]:
    """Puts the fingerprints into the table; seconds for its indexes, and their bytes."""
    padding = bytes(TURNS * BYTES)
    names = [f"fingerprint_part_{place}" for place in range(PARTS)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [names])
        made_by = [made for (made,) in cursor.fetchall()]
        cursor.execute("DROP INDEX " + ", ".join(names))
        cursor.execute("SET session_replication_role = replica")  # no trigger a row
        raw = connection.connection.cursor()
        with raw.copy("COPY evidence_fingerprint (photo_id, bits, turned, parts) FROM STDIN") as to:
            for place, row in enumerate(bits):
                of_query = place - (len(bits) - len(turns))
                turned = turns[of_query].tobytes() if of_query >= 0 else padding
                to.write_row((first + place, _text(row), turned, list(parts_of(row.tobytes()))))
        cursor.execute("SET session_replication_role = origin")
        since = time.monotonic()
        for made in made_by:
            cursor.execute(made)
        seconds = time.monotonic() - since
        cursor.execute("VACUUM ANALYZE evidence_fingerprint")
        cursor.execute("SELECT pg_indexes_size('evidence_fingerprint')")
        (size,) = cursor.fetchone() or (0,)
    return seconds, size


def _text(row: Bits) -> str:
    return f"{int.from_bytes(row.tobytes()):0{BITS}b}"


def _all_near(stored: Bits, queries: Bits, turns: Bits) -> list[set[int]]:
    """For each query the places of all rows that are near one of its turns, by looking at each."""
    words = numpy.concatenate([stored, queries]).view(numpy.uint64)
    found = []
    for place, of_query in enumerate(turns):
        near: set[int] = set()
        for turn in of_query:
            apart = numpy.bitwise_count(words ^ turn.view(numpy.uint64)).sum(axis=1)
            near.update(numpy.flatnonzero(apart <= NEAR).tolist())
        found.append(near - {len(stored) + place})
    return found


def _judge_found(section: Section, photos: list[int], first: int, near: list[set[int]]) -> None:
    missed = extra = 0
    for photo_id, wanted in zip(photos, near, strict=True):
        given = {each.photo_id - first for each in like_photos(Photo(pk=photo_id))}
        missed, extra = missed + len(wanted - given), extra + len(given - wanted)
    of = f"of {sum(map(len, near)):,}"
    section.judge("near photos missed by the index", f"{missed} {of}", "0", reached=missed == 0)
    section.judge("photos given that are too far", f"{extra}", "0", reached=extra == 0)


def _judge_time(section: Section, photos: list[int], turns: Bits) -> None:
    by_index = sorted(_seconds(lambda pk=pk: like_photos(Photo(pk=pk))) for pk in photos)
    with transaction.atomic(), connection.cursor() as cursor:
        scans = [
            _seconds(lambda asked=asked: cursor.execute(SCAN, _asked(asked)))
            for asked in turns[:SCANS]
        ]
    scan, median = statistics.mean(scans), statistics.median(by_index)
    slow = by_index[int(len(by_index) * 0.95)]
    section.add(
        "by the index instead of a scan: times as fast",
        f"{scan / median:.1f} (median {median * 1_000:.0f} ms, 95 in 100 within "
        f"{slow * 1_000:.0f} ms; a scan {scan * 1_000:.0f} ms)",
    )


def _asked(turns: Bits) -> list[object]:
    return [part for turn in turns for part in (_text(turn), NEAR)]


def _seconds(what: Callable[[], object]) -> float:
    since = time.perf_counter()
    what()
    return time.perf_counter() - since


def _insert(first: int, draw: numpy.random.Generator) -> float:
    """Seconds for one more row, trigger and index included."""
    rows = [draw.bytes(TURNS * BYTES) for _ in range(INSERTS)]
    return statistics.median(
        _seconds(lambda place=place, row=row: keep_fingerprint(Photo(pk=first + place), row))
        for place, row in enumerate(rows)
    )
