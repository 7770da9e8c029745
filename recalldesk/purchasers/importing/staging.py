"""Matched lines on their way into the database: by COPY into temporary tables, then by a few
statements over all.

Guarantees: everything happens in the transaction of the caller; a product of an order is stored
once, whatever files name it; a purchase is never taken away; what a temporary table holds of a
person is sealed there already.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from recalldesk.foundation import clock
from recalldesk.matching.files.reading import Reject
from recalldesk.matching.files.sent_back import kept_row
from recalldesk.matching.matches.matching import Matched
from recalldesk.matching.orders import Buyer, OrderLine
from recalldesk.purchasers.digests import BuyerForms
from recalldesk.purchasers.importing import following, naming, statements, without_file
from recalldesk.purchasers.importing.sealed_rows import SealedRows
from recalldesk.purchasers.shops import shops_of_files
from recalldesk.sealing import vault

A_BATCH = 5_000
SORTING_MEMORY = "96MB"
ROW = "purchasers.OrderReject.sealed_row"


@dataclass(frozen=True)
class Stored:
    """What was stored: products of orders that were matched, their units by how sure it is, units
    back, and purchasers that were named; `named_by_order`: purchases of nobody that got their buyer
    by the number of the order; `lines`: in which they stood; `back_in_doubt`: units back
    of an order that stands in several shops' files, which were taken off none of them;
    `back_of_none`: units back of orders that no order file names as affected."""

    lines: int
    purchases: int
    units_strong: int
    units_weak: int
    units_back: int
    purchasers: int
    named_by_order: int
    back_in_doubt: int
    back_of_none: int

    @property
    def is_of_returns(self) -> bool:
        """Whether nothing in it was bought: it only takes units back."""
        return self.units_back > 0 and not self.units_strong + self.units_weak


class Staging:
    """Temporary tables for one run over one recall."""

    def __init__(self, recall_id: int) -> None:
        self._recall, self._lines = recall_id, 0
        self._run(f"SET LOCAL work_mem = '{SORTING_MEMORY}'")
        for name in statements.TABLES:
            self._run(f"DROP TABLE IF EXISTS pg_temp.{name}")
        for statement in statements.CREATE:
            self._run(statement)

    def add(self, file: int, matches: Iterable[Matched], rows: SealedRows) -> int:
        """Stages the matched lines of a file; how many they were."""
        count = 0
        for batch in _batched(matches):
            count += len(batch)
            self._add(file, batch, rows)
        self._lines += count
        return count

    def keep(self, *, anew: bool = False, files: Sequence[int] = ()) -> Stored:
        """Stores what was staged. `anew`: what none of these files covers any more is marked."""
        # Nobody else measures temporary tables, and joins are planned by how large they are.
        for name in statements.STAGED:
            self._run(f"ANALYZE {name}")
        shops = shops_of_files(self._recall)
        self._run(naming.LINKED, shop_files=list(shops), shops=list(shops.values()))
        self._run(naming.FORGET_OTHERS)
        for statement in (statements.BUYERS, statements.CONTACTS, statements.KEYS):
            self._run(statement)
        self._run(statements.OF_ANOTHER_BUYER)
        self._run(statements.GROUP)
        self._run("CREATE INDEX ON grouped_order (line_digest)")
        self._run("ANALYZE grouped_order")
        self._run(statements.SIGHTINGS)
        self._run(statements.RETURNED_ELSEWHERE)
        self._run(statements.PURCHASES)
        self._run(naming.SIGHTINGS_BY_ORDER)
        if anew:
            self._run(following.COVERED_NO_MORE, files=list(files))
        self._run(following.TOUCHED)
        self._follow()
        if anew:
            self._run(following.UNMATCHED, files=list(files))
        return self._told()

    def name_by_order(self, file: int, lines: Sequence[OrderLine], rows: SealedRows) -> None:
        """Stages lines of orders that are looked for by their number."""
        people, named = _People(rows), list[tuple[Any, ...]]()
        for line in lines:
            if digest := people.digest(line.buyer):
                named.append((file, *rows.named_order(line, digest)))
        self._copy(statements.COPY_NAMED_ORDERS, named)
        self._copy_people(people, rows)

    def take_back(self, file: int) -> list[int]:
        """Purchases follow anew from all files but this one, which is marked already; the numbers
        of those that it names."""
        self._run(statements.GROUP)
        self._run(without_file.NAMED_BY_FILE, file=file)
        self._run(following.TOUCHED)
        self._run(without_file.OTHERWISE)
        for statement in without_file.WITHOUT_FILE:
            self._run(statement, file=file)
        self._follow()
        with connection.cursor() as cursor:
            cursor.execute(without_file.NAMED_IN_IT)
            return [number for (number,) in cursor.fetchall()]

    def _follow(self) -> None:
        """What the touched purchases are follows from all files together."""
        for statement in (*following.INDEXES, "ANALYZE touched_purchase"):
            self._run(statement)
        for statement in following.FOLLOWING:
            self._run(statement)

    def keep_rejects(self, file: int, rejects: Iterable[Reject]) -> None:
        """Stores the lines that were not taken, sealed."""
        ring = vault.data_ring(vault.recall_scope(self._recall))
        self._copy(
            statements.COPY_REJECTS,
            (
                (file, each.number, each.reason.value, ring.seal(kept_row(each.text), purpose=ROW))
                for each in rejects
            ),
        )

    def _add(self, file: int, batch: Sequence[Matched], rows: SealedRows) -> None:
        lines, people = [], _People(rows)
        for match in batch:
            # Who sent a unit back has none to be told of; who bought it stands with the order.
            digest = b"" if rows.is_of_returns else people.digest(match.line.buyer)
            lines.append((file, *rows.line(match, digest)))
        self._copy(statements.COPY_LINES, lines)
        self._copy_people(people, rows)

    def _copy_people(self, people: "_People", rows: SealedRows) -> None:
        if not people.met:
            return
        self._copy(statements.COPY_BUYERS, (rows.buyer_row(*each) for each in people.met))
        self._copy(
            statements.COPY_CONTACTS, (row for each in people.met for row in rows.contacts(*each))
        )
        self._copy(
            statements.COPY_KEYS, (row for each in people.met for row in rows.keys(*each[:2]))
        )

    def _told(self) -> Stored:
        with connection.cursor() as cursor:
            cursor.execute(statements.TOLD)
            told = cursor.fetchone()
            cursor.execute(following.BACK_IN_DOUBT, {"recall": self._recall})
            (doubt,) = cursor.fetchone()
            cursor.execute(following.BACK_OF_NONE)
            (of_none,) = cursor.fetchone()
            return Stored(self._lines, *(int(each) for each in (*told, doubt, of_none)))

    def _run(self, statement: str, **more: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"recall": self._recall, "now": clock.now(), **more})

    @staticmethod
    def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


class _People:
    """Buyers of a batch. `met`: those that were not staged lately."""

    def __init__(self, rows: SealedRows) -> None:
        self._rows = rows
        self.met: list[tuple[bytes, Buyer, BuyerForms]] = []

    def digest(self, buyer: Buyer) -> bytes:
        """Empty where nobody is named."""
        forms = BuyerForms.of(buyer)
        digest = forms.digest(buyer)
        if digest and self._rows.is_new(digest):
            self.met.append((digest, buyer, forms))
        return digest


def _batched(matches: Iterable[Matched]) -> Iterator[list[Matched]]:
    rest = iter(matches)
    while batch := list(islice(rest, A_BATCH)):
        yield batch
