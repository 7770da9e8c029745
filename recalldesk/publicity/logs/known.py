"""By what a line that counted once is known again, in the same log, in one that was turned
meanwhile, or in one that overlaps with it.

Guarantees: a line counts once, whichever logs hold it and in whatever order they come; a line that
one log holds so many times counts so many times. Of a line nothing is kept but eight bytes of a
keyed digest: without the key of this installation nobody can tell whose it is. Memory does not grow
with the log: what is held are the lines of the minutes that are open.
"""

import hashlib
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from recalldesk.publicity.models import CountedLines
from recalldesk.recalls.models import Recall
from recalldesk.sealing.vault import digest_for_lookup

PURPOSE = "publicity.CountedLines.fingerprints"
BYTES = 8
MOST_MINUTES = 120
MOST_LINES = 200_000
"""That are held at once, beside those of the minute that is read."""
MINUTES_A_DAY = 1_440


@dataclass
class _Minute:
    """`known`: how often a line stands in logs that were taken in; `seen`: in this one."""

    known: Counter[bytes]
    seen: Counter[bytes] = field(default_factory=Counter)
    new: list[bytes] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.known) + len(self.seen)


class KnownLines:
    """What is known of the lines of a recall while a log is read as the file of this number."""

    def __init__(self, recall: Recall, file_id: int) -> None:
        self._recall = recall
        self._file_id = file_id
        self._key = digest_for_lookup(str(recall.pk), purpose=PURPOSE)
        self._open: OrderedDict[int, _Minute] = OrderedDict()
        self._held = 0
        self._minutes_of: OrderedDict[int, set[int]] = OrderedDict()

    def is_new(self, minute: int, line: bytes) -> bool:
        """Whether the line counts; it is known from then on."""
        held = self._open.get(minute) or self._opened(minute)
        name = hashlib.blake2b(line, key=self._key, digest_size=BYTES).digest()
        held.seen[name] += 1
        self._held += 1
        if held.seen[name] <= held.known[name]:
            return False
        held.new.append(name)
        return True

    def keep(self) -> None:
        """Writes what is not written yet."""
        while self._open:
            self._close_oldest()

    def _opened(self, minute: int) -> _Minute:
        while self._open and (len(self._open) >= MOST_MINUTES or self._held >= MOST_LINES):
            self._close_oldest()
        held = _Minute(self._known_in(minute))
        self._open[minute] = held
        self._held += held.size
        return held

    def _close_oldest(self) -> None:
        minute, held = self._open.popitem(last=False)
        self._held -= held.size
        if held.new:
            CountedLines.objects.create(
                file_id=self._file_id,
                recall=self._recall,
                minute=_moment(minute),
                fingerprints=b"".join(held.new),
            )
            self._minutes_with_lines(minute // MINUTES_A_DAY).add(minute)
        if not self._open:
            self._held = 0

    def _known_in(self, minute: int) -> Counter[bytes]:
        if minute not in self._minutes_with_lines(minute // MINUTES_A_DAY):
            return Counter()
        found: Counter[bytes] = Counter()
        rows = self._rows().filter(minute=_moment(minute)).values_list("fingerprints", flat=True)
        for row in rows:
            joined = bytes(row)
            found.update(joined[at : at + BYTES] for at in range(0, len(joined), BYTES))
        return found

    def _minutes_with_lines(self, day: int) -> set[int]:
        """The minutes of a day of which lines are known: asked once a day, not once a minute."""
        if day not in self._minutes_of:
            if len(self._minutes_of) >= 2:
                self._minutes_of.popitem(last=False)
            first = _moment(day * MINUTES_A_DAY)
            rows = self._rows().filter(minute__gte=first, minute__lt=first + timedelta(days=1))
            self._minutes_of[day] = {
                int(each.timestamp()) // 60 for each in rows.values_list("minute", flat=True)
            }
        return self._minutes_of[day]

    def _rows(self) -> QuerySet[CountedLines]:
        rows = CountedLines.objects.filter(recall=self._recall)
        return rows.filter(file__taken_back_by__isnull=True)


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)
