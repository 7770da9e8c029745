"""A name as it is compared: its words, its generation, whether it is a firm's.

Guarantees: case, accents and titles do not matter; what is no name gives none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from recalldesk.foundation.normal_forms.words import PREFIX_APART, WORD, name_words, plain
from recalldesk.matching.people.nicknames import FORMAL_NAMES

_TITLES = "mr mrs ms miss mx dr prof sir rev herr frau mme mlle don dona"
TITLES = frozenset(_TITLES.split())
GENERATIONS: Mapping[str, str] = {
    "jr": "2",
    "junior": "2",
    "ii": "2",
    "2nd": "2",
    "sr": "1",
    "senior": "1",
    "iii": "3",
    "3rd": "3",
    "iv": "4",
    "4th": "4",
}
_ORGANISATIONS = """
inc llc ltd corp corporation company gmbh co plc lp llp school schools university college district
hotel hotels hospital clinic library office department dept isd academy airlines airways city center
centre foundation association agency group services store shop warehouse logistics receiving
purchasing accounts museum
"""
ORGANISATIONS = frozenset(_ORGANISATIONS.split())
_NO_NAMES = "customer guest na none unknown buyer test name anonymous resident null"
NO_NAMES = frozenset(_NO_NAMES.split())
"""A name that has no other words is none; Guest alone is not always one."""
JOINS = re.compile(r"['’`]")
BOTH = re.compile(r"\s(?:&|and|und|y|et)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """`words`: in the order given, the given name first; `generation`: 1 senior, 2 junior, and so
    on, or empty; `both`: the given names of two, where one record names a couple."""

    words: tuple[str, ...] = ()
    generation: str = ""
    is_organisation: bool = False
    both: tuple[str, ...] = ()

    @property
    def given(self) -> str:
        """The first word; a name of one word may as well be a family's."""
        return self.words[0] if self.words else ""

    @property
    def family(self) -> str:
        """The last of several words."""
        return self.words[-1] if len(self.words) > 1 else ""

    @property
    def initials(self) -> tuple[str, ...]:
        """Each letter the given name may begin with, whoever wrote it."""
        if not self.words:
            return ()
        letters = {self.words[0][0], self.words[-1][0]}
        letters |= {formal[0] for formal in FORMAL_NAMES.get(self.words[0], ())}
        return tuple(sorted(letters))


NOBODY = Name()


@lru_cache(maxsize=200_000)
def name_of(text: str) -> Name:
    """A name, read."""
    if "@" in text:
        return NOBODY
    words, generation = _ordered(text)
    if NO_NAMES.issuperset(words):
        return NOBODY
    if not ORGANISATIONS.isdisjoint(words):
        return Name(tuple(words), "", is_organisation=True)
    couple = BOTH.split(text, maxsplit=1)
    if len(couple) == 2:
        return _of_couple(couple, words)
    return Name(tuple(words), generation)


def _of_couple(couple: list[str], words: list[str]) -> Name:
    """Anna and Ben Example: two given names under one family name."""
    firsts = [each[0] for each in (_ordered(part)[0] for part in couple) if each]
    kept = [word for word in words if word not in {"and", "und", "y", "et"}]
    return Name(tuple(kept), both=tuple(firsts)) if len(firsts) == 2 else Name(tuple(kept))


def _ordered(text: str) -> tuple[list[str], str]:
    """The words of a name, the family's last, and the generation."""
    before, comma, after = text.partition(",")
    rest = _words(after)
    if comma and any(word not in GENERATIONS for word in rest):
        words = rest + _words(before)
    else:
        words = _words(before) + rest
    words = [word for word in words if word not in TITLES] or words
    generation = ""
    while len(words) > 2 and words[-1] in GENERATIONS:
        generation = GENERATIONS[words.pop()]
    return words, generation


def _words(text: str) -> list[str]:
    bare = PREFIX_APART.sub(r"\1", plain(JOINS.sub("", text)))
    return [_form(word) for word in WORD.findall(bare)]


@lru_cache(maxsize=200_000)
def _form(word: str) -> str:
    """One word without what is written out for a sign: as `name_words` has it."""
    return (name_words(word) or (word,))[0]
