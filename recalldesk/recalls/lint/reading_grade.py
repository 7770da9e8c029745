"""How hard a text is to read: the school grade for English, an ease of 0 to 100 for Spanish.

English: Flesch-Kincaid. Spanish: Fernández Huerta. Both count sentences, words and syllables; a
syllable is a group of vowels, with the usual exceptions of each language. A number or a model's
name counts as a word of one syllable: no other wording would avoid it.

Guarantee: pure, no dictionary and no network; a text of no word has no measure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…:]+(?=[\s\"'”)]|$)")
EN_VOWELS = re.compile(r"[aeiouy]+")
EN_SILENT = re.compile(
    r"(?<=[^laeiouy])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscgxz])es$"
    r"|(?<=[^aeiouy])e(?=(?:ly|ty|ment|ments|ful|less|where|thing|hold)$)"
)
EN_SPLIT = re.compile(
    r"i[ao](?!us)|[aeo]i?ing$|ual|uous|ium|^ion|^crea|^rea(?=ct)|[rdv]e[ao]$|[rb]iou"
)
EN_JOINED = re.compile(r"[tscg]i[ao]|[aeiou]io")
ES_SYLLABLE = re.compile(r"[iuü]?[aeoáéó][iuyü]?|[íú]|[iuü]+y?|y(?![aeiouáéíóú])")


@dataclass(frozen=True)
class Counted:
    """What a text consists of."""

    sentences: int
    words: int
    syllables: int


def english_syllables(word: str) -> int:
    """The syllables of an English word, near enough for a mean over a text."""
    low = re.sub(r"['’]s?", "", word.lower())
    count = len(EN_VOWELS.findall(low)) - len(EN_SILENT.findall(low))
    count += len(EN_SPLIT.findall(low)) - len(EN_JOINED.findall(low))
    return max(1, count)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word: strong vowels part, a weak one joins unless stressed."""
    low = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    return max(1, len(ES_SYLLABLE.findall(low)))


SYLLABLES: Mapping[str, Callable[[str], int]] = {"en": english_syllables, "es": spanish_syllables}


def counted(language: str, text: str) -> Counted:
    """The sentences, words and syllables of a text."""
    words = WORD.findall(text)
    syllables = sum(SYLLABLES[language](word) if word.isalpha() else 1 for word in words)
    sentences = [part for part in SENTENCE_END.split(text) if WORD.search(part)]
    return Counted(max(1, len(sentences)), len(words), syllables)


def flesch_kincaid_grade(text: Counted) -> float:
    """The grade of a school in the United States at which an English text is read with ease."""
    return 0.39 * text.words / text.sentences + 11.8 * text.syllables / text.words - 15.59


def fernandez_huerta_ease(text: Counted) -> float:
    """The ease of a Spanish text: 60 to 70 is normal, below 60 is hard."""
    return 206.84 - 60 * text.syllables / text.words - 1.02 * text.words / text.sentences
