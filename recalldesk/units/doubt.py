"""Rejected lines that nobody settled, and what they put in doubt.

Guarantee: a rejected line is harmless only if its list names no recalled unit now and named none in
any version since the line came in; however the recall file changes, the others stay in doubt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Exists, Max, OuterRef, Sum
from django.db.models.functions import Length

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import Meaning
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import LiveRecall, document_of
from recalldesk.units.importing.staging import LONGEST_STORED_ROW
from recalldesk.units.models import RangeEntry, SerialImport, SerialReject
from recalldesk.units.states import SAYS_NOTHING
from recalldesk.units.verdict.rejected import NO_LINES, RejectedLines, common_skeleton

MOST_LINES = 10_000
MOST_CHARACTERS = 1_000_000
"""Of the lines of one recall; where there are more, they may say anything."""
SHORTEST_BEGINNING = 4
MOST_PARTS = 40
PARTS = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")


@dataclass(frozen=True)
class Doubt:
    """What unsettled rejected lines put in doubt, of one recall."""

    products: frozenset[str] = frozenset()
    lines: RejectedLines = NO_LINES


def products_in_doubt(name: str, since: Iterable[Document]) -> frozenset[str]:
    """The products whose units a rejected line of the list `name` may be; none if it is harmless.

    `since` are the documents from the version that took the line in to the one that is judged.
    """
    documents = list(since)
    now = documents[-1]
    specs = [[e for e in document.scope.lists if e.name == name] for document in documents]
    recalled = [e for each in specs for e in each if e.meaning is Meaning.RECALLED]
    keys = frozenset(key for entry in recalled for key in entry.products)
    everything = frozenset(now.product_by_key)
    if not specs[-1]:
        # A list that is named no more may have held units of any product of the recall.
        return everything
    return keys if keys <= everything else everything


def _waiting() -> Exists:
    rows = SerialReject.objects.filter(serial_import=OuterRef("pk"), settled_at__isnull=True)
    return Exists(rows)


def doubtful_imports(recall_id: int, number: int) -> dict[int, frozenset[str]]:
    """Imports up to a version with unsettled lines that may name recalled units, and of which
    products."""
    rows = SerialImport.objects.filter(
        _waiting(), version__recall_id=recall_id, version__number__lte=number
    ).values_list("pk", "serial_list__name", "version__number")
    if not rows:
        return {}
    versions = RecallVersion.objects.filter(recall_id=recall_id, number__lte=number)
    documents = {each.number: document_of(each) for each in versions.order_by("number")}
    found = {
        pk: products_in_doubt(name, [d for n, d in documents.items() if n >= came_in])
        for pk, name, came_in in rows
    }
    return {pk: products for pk, products in found.items() if products}


class _Kept:
    """What was read last, and for which rows."""

    of: tuple[object, ...] = ()
    doubts: Mapping[str, Doubt] = {}


def doubts(live: Sequence[LiveRecall]) -> Mapping[str, Doubt]:
    """By recall, what is in doubt. Read again only where open lines or live versions changed."""
    waiting = SerialReject.objects.filter(settled_at__isnull=True)
    state = waiting.aggregate(count=Count("pk"), newest=Max("pk"))
    of = (state["count"], state["newest"], *(entry.version_id for entry in live))
    if of != _Kept.of:
        _Kept.doubts, _Kept.of = _read(live) if state["count"] else {}, of
    return _Kept.doubts


def _read(live: Sequence[LiveRecall]) -> dict[str, Doubt]:
    table = common_skeleton(p.serial.form for entry in live for p in entry.document.products)
    found = {entry.slug: doubtful_imports(entry.recall_id, entry.version) for entry in live}
    return {
        slug: Doubt(frozenset().union(*imports.values()), _lines_of(list(imports), table))
        for slug, imports in found.items()
        if imports
    }


def _lines_of(imports: list[int], table: Mapping[int, str]) -> RejectedLines:
    """The lines of one recall's imports.

    `unknown` where they are too many to look through, or do not say which serial they are about.
    """
    rows = SerialReject.objects.filter(serial_import__in=imports, settled_at__isnull=True)
    size = rows.aggregate(lines=Count("pk"), length=Sum(Length("row")), longest=Max(Length("row")))
    if (
        size["lines"] > MOST_LINES
        or size["length"] > MOST_CHARACTERS
        or size["longest"] >= LONGEST_STORED_ROW
        or rows.filter(reason__in=SAYS_NOTHING).exists()
    ):
        return RejectedLines(table, unknown=True)
    of_ranges = RangeEntry.objects.filter(serial_import=OuterRef("serial_import"))
    lines: list[str] = []
    beginnings: set[str] = set()
    for row, encoding, is_range in rows.annotate(is_range=Exists(of_ranges)).values_list(
        "row", "serial_import__encoding", "is_range"
    ):
        text = bytes(row).decode(encoding, "replace")
        lines.append(normalise(text).translate(table))
        found = set(_beginnings(text, table))
        if is_range and not found:
            # Of such a range nothing is known but that it was one.
            return RejectedLines(table, unknown=True)
        beginnings |= found
    return RejectedLines(table, "\n".join([*lines, ""]), tuple(sorted(beginnings)))


def _beginnings(text: str, table: Mapping[int, str]) -> Iterator[str]:
    """What two parts of a line begin with alike: they may be the ends of a range."""
    parts = [normalise(part).translate(table) for part in PARTS.findall(text)[:MOST_PARTS]]
    for one, other in combinations(parts, 2):
        pairs = enumerate(zip(one, other, strict=False))
        shared = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
        if shared >= SHORTEST_BEGINNING:
            yield one[:shared]
