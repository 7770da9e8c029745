"""The rules about how a notice speaks, wherever it is read: no softeners, and plain words."""

from collections.abc import Iterator

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.text_checks import texts_of
from recalldesk.recalls.lint.findings import Lack, NoticeRule, Severity, Where
from recalldesk.recalls.lint.reading_grade import (
    counted,
    fernandez_huerta_ease,
    flesch_kincaid_grade,
)
from recalldesk.recalls.lint.softeners import softeners_in
from recalldesk.recalls.wording import fill

FEWEST_WORDS = 20
"""Shorter texts are not measured: one long word would decide."""
HIGHEST_GRADE = 8.0
LEAST_EASE = 60.0


def softeners(document: Document) -> Iterator[Lack]:
    """Texts that make the danger sound small."""
    for path, texts in texts_of(document):
        for language, text in texts.items():
            for soft in softeners_in(language, text):
                yield (*path, language), f"says {soft!r}, which makes the danger sound small"


def hard_to_read(document: Document) -> Iterator[Lack]:
    """Texts above the grade, with their figures as an owner reads them."""
    for path, texts in texts_of(document):
        for language, text in texts.items():
            found = hardness(language, fill(text, document, language))
            if found:
                yield (*path, language), found


def hardness(language: str, text: str) -> str:
    """How hard a text is to read, where it is too hard; else nothing."""
    measured = counted(language, text)
    if measured.words < FEWEST_WORDS:
        return ""
    if language == "es":
        ease = fernandez_huerta_ease(measured)
        return f"has an ease of {ease:.0f} (Fernández Huerta)" if ease < LEAST_EASE else ""
    grade = flesch_kincaid_grade(measured)
    return f"reads at grade {grade:.1f} (Flesch-Kincaid)" if grade > HIGHEST_GRADE else ""


WORDING_RULES: tuple[NoticeRule, ...] = (
    NoticeRule(
        "softener",
        "GPSR Art. 36(2)(c)",
        Where.EVERYWHERE,
        Severity.ERROR,
        "No words that make the danger sound small.",
        "Leave the words out.",
        softeners,
    ),
    NoticeRule(
        "reading-grade",
        "16 CFR 1115.26; GPSR Art. 36(2)",
        Where.EVERYWHERE,
        Severity.WARNING,
        f"Texts of {FEWEST_WORDS} words and more are easy to read: English at grade "
        f"{HIGHEST_GRADE:.0f} or below, Spanish with an ease of {LEAST_EASE:.0f} or more.",
        "Use shorter sentences and shorter words.",
        hard_to_read,
    ),
)
