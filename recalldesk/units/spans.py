"""Ranges of serials as spans of whole numbers, so that units are counted once however they overlap.

Guarantee: a serial is in at most one span of a way of counting; what is taken out is out.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from recalldesk.units.errors import RangeNotCountable
from recalldesk.units.ranges_form import Counting, is_countable

DIGITS = "0123456789"
Place = tuple[str, str, int]
"""The symbols that count on, what stands before them, and how many places they have."""


def _digits_place(serial: str) -> tuple[Place, int]:
    head = serial.rstrip(DIGITS)
    width = len(serial) - len(head)
    return (DIGITS, head, width), int(serial[len(head) :] or "0")


def _alphabet_place(serial: str, alphabet: str) -> tuple[Place, int] | None:
    number = 0
    for character in serial:
        digit = alphabet.find(character)
        if digit < 0:
            return None
        number = number * len(alphabet) + digit
    return (alphabet, "", len(serial)), number


class Spans:
    """A set of serials, made of ranges."""

    def __init__(self) -> None:
        self._spans: dict[Place, list[tuple[int, int]]] = defaultdict(list)

    def add(self, start: str, end: str, counting: Counting, alphabet: str) -> None:
        """A range, both ends included. Raises RangeNotCountable."""
        if len(start) != len(end) or not is_countable(start, end, counting, alphabet):
            raise RangeNotCountable(
                f"The range {start} to {end} cannot be counted by {counting}.",
                "Give ends of equal length that differ only in characters which count on.",
            )
        if counting is Counting.ALPHABET:
            found = (_alphabet_place(start, alphabet), _alphabet_place(end, alphabet))
        else:
            found = (_digits_place(start), _digits_place(end))
        first, last = found
        if first is None or last is None:
            raise RangeNotCountable(f"The range {start} to {end} leaves the alphabet.")
        self._put(first[0], first[1], last[1])

    def _put(self, place: Place, low: int, high: int) -> None:
        spans = self._spans[place]
        begin = bisect_right(spans, (low - 1, -1))
        if begin and spans[begin - 1][1] >= low - 1:
            begin -= 1
        end = begin
        while end < len(spans) and spans[end][0] <= high + 1:
            low, high = min(low, spans[end][0]), max(high, spans[end][1])
            end += 1
        spans[begin:end] = [(low, high)]

    def _take(self, place: Place, low: int, high: int) -> None:
        spans = self._spans.get(place, [])
        begin = bisect_right(spans, (low, -1))
        if begin and spans[begin - 1][1] >= low:
            begin -= 1
        end, left = begin, list[tuple[int, int]]()
        while end < len(spans) and spans[end][0] <= high:
            if spans[end][0] < low:
                left.append((spans[end][0], low - 1))
            if spans[end][1] > high:
                left.append((high + 1, spans[end][1]))
            end += 1
        spans[begin:end] = left

    def _places_of(self, serial: str) -> Iterable[tuple[Place, int]]:
        alphabets = {symbols for symbols, _, _ in self._spans} - {DIGITS}
        found = (_alphabet_place(serial, symbols) for symbols in alphabets)
        return (_digits_place(serial), *(entry for entry in found if entry is not None))

    def holds(self, serial: str) -> bool:
        """Whether a span holds the serial."""
        for place, number in self._places_of(serial):
            spans = self._spans.get(place, ())
            before = bisect_right(spans, number, key=lambda span: span[0])
            if before and spans[before - 1][1] >= number:
                return True
        return False

    def take_out(self, others: "Spans", serials: Iterable[str]) -> None:
        """Takes out other spans, counted in the same way, and single serials."""
        for place, spans in others._spans.items():
            for low, high in spans:
                self._take(place, low, high)
        for serial in serials:
            for place, number in self._places_of(serial):
                self._take(place, number, number)

    def join(self, others: "Spans") -> None:
        """Adds all of the other spans."""
        for place, spans in others._spans.items():
            for low, high in spans:
                self._put(place, low, high)

    @property
    def units(self) -> int:
        """How many serials."""
        return sum(high - low + 1 for spans in self._spans.values() for low, high in spans)

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not any(self._spans.values())
