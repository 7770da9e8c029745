"""Verifies the log: every row against its block, the chain, and the signed heads at hand; and what
the rows speak of against the digests they hold.

Guarantees: nothing is written; the first row that was touched, removed or added is named, however
long the log is; memory does not grow with it. What cannot be seen is said in docs/log.md: rows that
were sealed after the last head that left may have been made anew together with their blocks.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from recalldesk.audit import stored
from recalldesk.audit.canonical import (
    COLUMNS,
    FORM,
    NOTHING_BEFORE,
    WIDTHS,
    BlockDigest,
    row_digest,
)
from recalldesk.audit.findings import Findings, Kind, Verified
from recalldesk.audit.head_text import SignedHead
from recalldesk.audit.heads_at_hand import heads_at_hand
from recalldesk.audit.restores import Restores
from recalldesk.audit.saying import moment, said
from recalldesk.audit.stored import StoredBlock, StoredRow
from recalldesk.audit.verifying_contents import Beside, tables_beside_the_log
from recalldesk.foundation import clock

YOUNG = timedelta(minutes=10)
"""So long a row may wait to be sealed: a worker may be starting anew."""
SOON = timedelta(hours=1)
"""Between the time that a row says and the time of its block."""


def verify(files: Sequence[Path] = ()) -> Verified:
    """Verifies all of it, also by the heads in these files. Raises OSError, LogKeyUnusable."""
    of_heads = Findings()
    at_hand = heads_at_hand(files, of_heads)
    up_to = stored.newest_number()
    walk = _Walk(list(at_hand.heads.values()), Restores(at_hand.restores.values()))
    walk.over(stored.blocks(up_to=up_to), stored.rows(up_to=up_to))
    waiting = _rows_in_no_block(walk.findings)
    _seals_behind_the_end(walk.findings)
    tables_beside_the_log(walk.findings)
    walk.findings.counts += of_heads.counts
    walk.findings.kept += of_heads.kept
    return Verified(
        blocks=walk.number,
        rows=walk.total,
        notes=walk.beside.notes,
        erased_notes=walk.beside.erased_notes,
        contents=walk.beside.contents,
        erased_texts=walk.beside.erased_texts,
        waiting=waiting,
        late=walk.late,
        first_late=walk.first_late,
        holding=tuple(walk.holding),
        losses=walk.restores.losses(),
        findings=walk.findings,
    )


class _Walk:
    """What is known so far, from the first block on."""

    def __init__(self, heads: Sequence[SignedHead], restores: Restores) -> None:
        self.findings, self.holding = Findings(), list[SignedHead]()
        self.number = self.total = self.late = 0
        self.beside = Beside(self.findings)
        self.restores = restores
        self.first_late: int | None = None
        self._previous = NOTHING_BEFORE
        self._heads = sorted(heads, key=lambda head: (head.block, head.made_at), reverse=True)

    def over(self, blocks: Iterable[StoredBlock], rows: Iterable[StoredRow]) -> None:
        """All blocks, each with its rows."""
        by_block = groupby(rows, key=lambda row: row.block)
        group = next(by_block, None)
        for block in blocks:
            while group is not None and group[0] < block.number:
                self._rows_without_block(*group)
                group = next(by_block, None)
            is_of_it = group is not None and group[0] == block.number
            self._block(block, group[1] if group is not None and is_of_it else ())
            if is_of_it:
                group = next(by_block, None)
        for head in reversed(self._heads):
            self._cut(head)
        self.restores.judge(self.findings)

    def _block(self, block: StoredBlock, rows: Iterable[StoredRow]) -> None:
        self._follows(block)
        if self._rows(block, rows) != block.digest:
            self.findings.add(
                Kind.BLOCK_TOUCHED,
                f"Block {block.number:,} is not what its digest says: it was changed, or the seal "
                f"of one of its {block.count:,} rows was.",
                block=block.number,
            )
        self.number, self._previous = block.number, block.digest
        self.total += block.count
        self.restores.pass_by(block)
        if self.total != block.total or block.form not in WIDTHS:
            self.findings.add(
                Kind.BLOCK_TOUCHED,
                f"Block {block.number:,} counts {block.total:,} rows up to its end, in form "
                f"{block.form}; there are {self.total:,}, and forms up to {FORM} are known.",
                block=block.number,
            )
            self.total = block.total
        while self._heads and self._heads[-1].block <= block.number:
            self._compare(self._heads.pop(), block)

    def _follows(self, block: StoredBlock) -> None:
        if block.number != self.number + 1:
            self.findings.add(
                Kind.BLOCK_REMOVED,
                f"Block {block.number:,} stands behind block {self.number:,}: what stood between "
                "them is gone.",
                block=self.number + 1,
            )
        elif block.previous != self._previous:
            self.findings.add(
                Kind.BLOCK_TOUCHED,
                f"Block {block.number:,} does not follow on block {self.number:,} as that one "
                "stands: one of the two was changed.",
                block=block.number,
            )

    def _rows(self, block: StoredBlock, rows: Iterable[StoredRow]) -> bytes:
        """The digest of the block, made anew from the seals of its rows."""
        made = BlockDigest(
            number=block.number,
            previous=block.previous,
            count=block.count,
            total=block.total,
            sealed_at=block.sealed_at,
            form=block.form,
        )
        place = 0
        for row in rows:
            if row.place != place + 1:
                self._places_gone(block, place + 1, row.place - 1)
            place = row.place
            made.add(row.row_id, row.digest)
            self._row(row, block)
        if place < block.count:
            self._places_gone(block, place + 1, block.count)
        return made.done()

    def _places_gone(self, block: StoredBlock, first: int, last: int) -> None:
        which = f"place {first:,}" if first == last else f"the places {first:,} to {last:,}"
        self.findings.add(
            Kind.ROW_REMOVED,
            f"What stood at {which} of block {block.number:,} is gone, together with its seal.",
            block=block.number,
        )

    def _row(self, row: StoredRow, block: StoredBlock) -> None:
        row_id, number = row.row_id, block.number
        if row.place > block.count:
            words = (
                f"Row {row_id:,} was put into block {number:,}, which was sealed with "
                f"{block.count:,} rows."
            )
            self.findings.add(
                Kind.ROW_ADDED, words, row_id=row_id, block=number, says=said(row.values)
            )
        elif row.values is None:
            words = f"Row {row_id:,} of block {number:,} is gone."
            self.findings.add(Kind.ROW_REMOVED, words, row_id=row_id, block=number)
        elif _is_other(row, block):
            words = f"Row {row_id:,} of block {number:,} is not what was sealed."
            self.findings.add(
                Kind.ROW_TOUCHED, words, row_id=row_id, block=number, says=said(row.values)
            )
        else:
            self._untouched(row, block)

    def _untouched(self, row: StoredRow, block: StoredBlock) -> None:
        assert row.values is not None
        at = row.values[COLUMNS.index("at")]
        if isinstance(at, datetime) and abs(block.sealed_at - at) > SOON:
            self.late += 1
            self.first_late = self.first_late or row.row_id
        self.beside.look_at(row)

    def _rows_without_block(self, number: int, rows: Iterable[StoredRow]) -> None:
        ids = [row.row_id for row in rows]
        self.findings.add(
            Kind.BLOCK_REMOVED,
            f"Block {number:,} is gone; {len(ids):,} rows say that they were sealed in it, the "
            f"first is row {ids[0]:,}.",
            row_id=ids[0],
            block=number,
        )

    def _compare(self, head: SignedHead, block: StoredBlock) -> None:
        if head.block == block.number and (head.digest, head.rows) == (block.digest, block.total):
            self.holding.append(head)
            return
        if self.restores.take(head):
            return
        since = self.holding[-1] if self.holding else None
        reaches = f"the head of block {since.block:,} still holds" if since else "no head holds"
        self.findings.add(
            Kind.CHAIN_REBUILT,
            f"The head that was signed on {moment(head.made_at)} names another block "
            f"{head.block:,}: the chain was made anew somewhere before its end; {reaches}.",
            block=head.block,
        )

    def _cut(self, head: SignedHead) -> None:
        if self.restores.take(head):
            return
        self.findings.add(
            Kind.CHAIN_CUT,
            f"The head that was signed on {moment(head.made_at)} says that there were "
            f"{head.block:,} blocks with {head.rows:,} rows; there are {self.number:,} with "
            f"{self.total:,}. The end was cut off.",
            block=head.block,
        )


def _is_other(row: StoredRow, block: StoredBlock) -> bool:
    """Whether a row is not what was sealed. One of an older form says nothing in later columns."""
    assert row.values is not None
    form = block.form if block.form in WIDTHS else FORM
    is_wider = any(value is not None for value in row.values[WIDTHS[form] :])
    return is_wider or row_digest(row.values, form=form) != row.digest


def _rows_in_no_block(findings: Findings) -> int:
    """Tells of rows that no block holds and that do not wait as they should; how many do wait."""
    waiting, before = 0, clock.now() - YOUNG
    for waits, values in stored.rows_in_no_block():
        row_id, at = values[COLUMNS.index("id")], values[COLUMNS.index("at")]
        assert isinstance(row_id, int)
        assert isinstance(at, datetime)
        waiting += waits
        if not waits:
            findings.add(
                Kind.ROW_ADDED,
                f"Row {row_id:,} is in no block and does not wait for one: it was added past the "
                "database's own triggers, or its seal was taken away.",
                row_id=row_id,
                says=said(values),
            )
        elif at < before:
            findings.add(
                Kind.ROW_LEFT,
                f"Row {row_id:,} has not been sealed since {moment(at)}: no worker runs, or the "
                "row says an older time than its own.",
                row_id=row_id,
                says=said(values),
            )
    for row_id in stored.gone_before_sealed():
        words = f"Row {row_id:,} is gone; it was waiting to be sealed."
        findings.add(Kind.ROW_REMOVED, words, row_id=row_id)
    return waiting


def _seals_behind_the_end(findings: Findings) -> None:
    for row_id, block in stored.rows_behind_the_end():
        words = f"Row {row_id:,} says that it was sealed in block {block:,}, which is not there."
        findings.add(Kind.BLOCK_REMOVED, words, row_id=row_id, block=block)
