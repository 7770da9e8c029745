"""The text of a serial: how it is normalised, folded and reduced to its skeleton.

Guarantees: `normalise` is idempotent; two texts that differ only by look-alike
characters of the form (as typed, folded or not) have the same skeleton; both keep
one character one character, so that places in the text stay places.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from recalldesk.foundation.serial_pattern import any_of, one_of

STRANGE = "\ufffd"
DROPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"})
JOINING_JAMO = ("\u1160", "\u11ff")
"""Korean vowels and finals, which would join the character before them."""


def _keep(character: str) -> str:
    category = unicodedata.category(character)
    if category in DROPPED_CATEGORIES or character in "\u2212\u00ad":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    # Half a surrogate pair cannot be encoded, and an accent alone would join what stands before
    # it; yet each stands for a character.
    joins = category[0] == "M" or JOINING_JAMO[0] <= character <= JOINING_JAMO[1]
    return STRANGE if joins or category == "Cs" else character


DROPPED_IN_ASCII = {
    code: None for code in range(128) if unicodedata.category(chr(code)) in DROPPED_CATEGORIES
}


@lru_cache(maxsize=10_000)
def _one_at_most(character: str) -> str:
    """What one character becomes: itself in one way of writing, a strange one, or nothing."""
    upper = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).upper())
    kept = "".join(map(_keep, upper))
    return kept if len(kept) <= 1 else STRANGE


@lru_cache(maxsize=10_000)
def _composed_alone(character: str) -> str:
    """The character, or a strange one in place of one that Unicode writes as several only."""
    return character if len(unicodedata.normalize("NFC", character)) == 1 else STRANGE


def normalise(text: str) -> str:
    """The text in NFKC and upper case, without spaces, dashes and invisible characters.

    Decimal digits of any script become ASCII digits. Any other character stays, so that a worn or
    strange one still counts as a character; one that would become several ("ß", a ligature) counts
    as one strange character, so that one slip of the finger stays one slip.
    """
    if text.isascii():
        return text.upper() if text.isalnum() else text.upper().translate(DROPPED_IN_ASCII)
    composed = unicodedata.normalize("NFC", "".join(map(_composed_alone, text)))
    return "".join(map(_one_at_most, composed))


class _Replaced:
    """What stands in place of each of some characters.

    Texts are ASCII nearly always; bytes are replaced several times as fast as characters.
    """

    def __init__(self, instead: Mapping[str, str]) -> None:
        self._instead = {ord(character): other for character, other in instead.items()}
        known = {code: ord(c) for code, c in self._instead.items() if code < 128 and c.isascii()}
        self._of_bytes = bytes(known.get(code, code) for code in range(256))
        self._is_ascii = len(known) == sum(code < 128 for code in self._instead)

    def within(self, text: str) -> str:
        """The text with the characters replaced."""
        if self._is_ascii and text.isascii():
            return text.encode("ascii").translate(self._of_bytes).decode("ascii")
        return text.translate(self._instead)


@dataclass(frozen=True)
class SerialForm:
    """What serials of a product look like: data of the product, the same for list, range, pattern.

    `alphabet` holds each character a serial can have, in ASCII order. `folding` pairs a character
    that is never printed with what it stands for ("O" -> "0"). `look_alikes` are disjoint classes
    of characters that people confuse. `shortest` and `longest` count characters. `shape` narrows
    them: one set of characters for each place, or empty.
    """

    alphabet: str
    shortest: int
    longest: int
    folding: tuple[tuple[str, str], ...] = ()
    look_alikes: tuple[str, ...] = ()
    shapes: tuple[tuple[frozenset[str], ...], ...] = field(default=())

    @cached_property
    def _folded(self) -> _Replaced:
        return _Replaced(dict(self.folding))

    @cached_property
    def _skeletons(self) -> _Replaced:
        folded = {self.fold(character): character for character in self.alphabet}
        instead: dict[str, str] = {}
        for members in self.classes:
            first = next((c for c in members if c in folded), members[0])
            instead.update(dict.fromkeys(members, first))
        return _Replaced(instead)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The look-alike classes with folded characters only, each sorted."""
        folded = ("".join(sorted({self.fold(c) for c in members})) for members in self.look_alikes)
        return tuple(members for members in folded if len(members) > 1)

    @cached_property
    def alike(self) -> Mapping[str, str]:
        """For each character, sorted, those of the alphabet that it may stand for."""
        alike = {character: character for character in self.alphabet}
        for members in self.classes:
            printed = "".join(c for c in members if c in self._letters)
            alike.update(dict.fromkeys(members, printed))
        return alike

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset(self.alphabet)

    @cached_property
    def folder(self) -> Callable[[str], str] | None:
        """What `fold` does, or None where it does nothing: for whoever folds by the thousand."""
        return self._folded.within if self.folding else None

    def fold(self, normalised: str) -> str:
        """A normalised text with the characters that are never printed replaced by those meant."""
        return self._folded.within(normalised) if self.folding else normalised

    def folds_as(self, other: "SerialForm") -> bool:
        """Whether another form folds every text that may be typed for these serials alike."""
        typed = self.alphabet + "".join(character for character, _ in self.folding)
        return self.fold(typed) == other.fold(typed)

    def skeleton(self, folded: str) -> str:
        """A folded text with each look-alike class reduced to one character; same length."""
        return self._skeletons.within(folded)

    @cached_property
    def skeleton_as_typed(self) -> Callable[[str], str]:
        """Gives the skeleton of a normalised text that was not folded yet, in one go."""
        concerned = {c for members in self.classes for c in members} | dict(self.folding).keys()
        return _Replaced({c: self.skeleton(self.fold(c)) for c in concerned}).within

    @cached_property
    def _well_formed(self) -> re.Pattern[str]:
        if not self.shapes:
            return re.compile(f"{one_of(self.alphabet)}{{{self.shortest},{self.longest}}}")
        fitting = (s for s in self.shapes if self.shortest <= len(s) <= self.longest)
        return any_of(tuple(place & self._letters for place in shape) for shape in fitting)

    @cached_property
    def matched(self) -> Callable[[str], re.Match[str] | None]:
        """What of a folded text could be a serial of this product: all of it, or nothing."""
        return self._well_formed.fullmatch

    def is_well_formed(self, folded: str) -> bool:
        """Whether a folded text could be a serial of this product."""
        return self.matched(folded) is not None

    @property
    def reading_name(self) -> str:
        """Alphabet and folding as a text by which two ways of reading can be compared."""
        return " ".join((self.alphabet, *(typed + meant for typed, meant in sorted(self.folding))))

    @property
    def profile(self) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
        """What decides folding and skeleton: products with the same profile share an index."""
        return (self.alphabet, self.folding, self.look_alikes)
