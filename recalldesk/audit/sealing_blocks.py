"""Seals what was committed to the log since, in blocks that each name the one before.

Guarantees: a row is sealed once, whenever it commits and in whatever order; two programs at once
make one chain; a program that is killed leaves whole blocks only; memory is that of one block.
"""

from django.db import connection, transaction

from recalldesk.audit.canonical import COLUMNS, FORM, NOTHING_BEFORE, BlockDigest, row_digest
from recalldesk.audit.models import Block, UnsealedChange
from recalldesk.foundation import clock

MOST_ROWS = 10_000
"""In one block."""
ONE_AT_A_TIME = 0x5265_636C_4C6F_6701
"""The number of the lock that whoever seals holds until its block is committed."""
WAITING_ROWS = (
    f"SELECT {', '.join('c.' + column for column in COLUMNS)}"  # noqa: S608 - columns of ours
    " FROM audit_unsealedchange u JOIN audit_statechange c ON c.id = u.change_id"
    " WHERE u.change_id > %s ORDER BY u.change_id LIMIT %s"
)
KEEP_SEALED = (
    "INSERT INTO audit_sealedchange (change_id, block_id, place, digest)"
    " SELECT change_id, %s, place, digest"
    " FROM unnest(%s::bigint[], %s::bytea[]) WITH ORDINALITY AS sealed (change_id, digest, place)"
)
NO_LONGER_WAITS = "DELETE FROM audit_unsealedchange WHERE change_id = ANY(%s)"


def seal_what_waits() -> int:
    """Seals all that is committed and in no block yet; returns how many rows. Safe to run again."""
    sealed = last = 0
    while UnsealedChange.objects.filter(change_id__gt=last).exists():
        ids = _seal_block(after=last)
        if not ids:
            break
        sealed, last = sealed + len(ids), ids[-1]
    return sealed


@transaction.atomic
def _seal_block(*, after: int) -> list[int]:
    """Seals the next rows in one block; returns their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(WAITING_ROWS, [after, MOST_ROWS])
        rows = cursor.fetchall()
        if not rows:
            return []
        ids, digests = [row[0] for row in rows], [row_digest(row) for row in rows]
        block = _next_block(ids, digests)
        cursor.execute(KEEP_SEALED, [block.number, ids, digests])
        cursor.execute(NO_LONGER_WAITS, [ids])
    return ids


def _next_block(ids: list[int], digests: list[bytes]) -> Block:
    newest = Block.objects.order_by("-number").first()
    block = Block(
        number=newest.number + 1 if newest else 1,
        form=FORM,
        count=len(ids),
        total=(newest.total if newest else 0) + len(ids),
        previous=bytes(newest.digest) if newest else NOTHING_BEFORE,
        sealed_at=clock.now(),
    )
    made = BlockDigest(
        number=block.number,
        previous=bytes(block.previous),
        count=block.count,
        total=block.total,
        sealed_at=block.sealed_at,
        form=block.form,
    )
    block.digest = made.add_all(zip(ids, digests, strict=True)).done()
    block.save(force_insert=True)
    return block
