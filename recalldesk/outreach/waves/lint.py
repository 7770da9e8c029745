"""What is amiss with the words of a wave.

Guarantees: nobody is asked to approve a wave with an error; each language in which somebody would
be written to is covered; what is judged is what a reader would get, with its places filled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.places import PLACES, places_in
from recalldesk.outreach.waves.said import Said
from recalldesk.outreach.waves.sampling import sample
from recalldesk.outreach.waves.segments import segments
from recalldesk.outreach.waves.words import (
    ADVERTISES,
    HELP,
    PERHAPS,
    SAFETY_RECALL,
    STOP,
)
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.lint.findings import Severity
from recalldesk.recalls.lint.softeners import no_accidents_in, softeners_in
from recalldesk.recalls.lint.wording_rules import hardness
from recalldesk.recalls.lint.words import HARM, STOP_USING
from recalldesk.recalls.reads import document_of

LONGEST_SUBJECT = 78
"""More of it is cut off by most programs; RFC 5322 asks for no longer lines either."""
MOST_PARTS = 3


@dataclass(frozen=True)
class WordsFinding:
    """Something amiss. `rule`: its name; `way` and `language`: of the words, or none for the wave
    as a whole; `message`: what is wrong, `todo`: what to do."""

    rule: str
    severity: Severity
    way: Way | None
    language: str
    message: str
    todo: str

    @property
    def is_error(self) -> bool:
        """Whether the wave cannot be asked for like this."""
        return self.severity is Severity.ERROR


Lack = tuple[str, Severity, str, str]


def lint_wave(
    wave: Wave, recipients: Mapping[tuple[Way, str], int] | None = None
) -> tuple[WordsFinding, ...]:
    """Everything amiss, errors first. `recipients`: how many there are by way and language, as a
    preview counts them; without it each language of the recall has some."""
    assert wave.version is not None  # a wave speaks of a version from its draft on
    document = document_of(wave.version)
    texts = {(Way(each.way), each.language): each for each in WaveText.objects.filter(wave=wave)}
    asked = (
        recipients
        if recipients is not None
        else {(Way(way), language): 1 for way in wave.ways for language in document.languages}
    )
    found = []
    for place in sorted(asked):
        text = texts.get(place)
        lacks = _missing(place, asked[place]) if not _has_words(text) else None
        if lacks is None:
            assert text is not None
            lacks = _of_text(wave, text, document)
        found += [WordsFinding(rule, how, *place, message, do) for rule, how, message, do in lacks]
    return tuple(sorted(found, key=lambda each: not each.is_error))


def _has_words(text: WaveText | None) -> bool:
    return text is not None and bool(text.body.strip())


def _missing(place: tuple[Way, str], count: int) -> Iterator[Lack]:
    way, language = place
    yield (
        "missing-words",
        Severity.ERROR,
        f"{count:,} would be written to in {language!r}: there are no words for that.",
        f"Write the {way.label.lower()} in that language.",
    )


def _of_text(wave: Wave, text: WaveText, document: Document) -> Iterator[Lack]:
    way, language = Way(text.way), text.language
    yield from _places(text, way)
    said = sample(wave, document, way, language)
    whole = f"{said.subject}\n{said.text}"
    yield from _names_the_recall(said, way, language)
    yield from _speaks_of_danger(whole, language)
    yield from _plays_nothing_down(text, language)
    if Audience.from_stored(wave.audience).strength is Strength.WEAK:
        yield from _says_perhaps(text, language)
    if way is Way.SMS:
        yield from _is_a_text_message(said)
    elif found := hardness(language, " ".join(said.paragraphs)):
        yield "reading-grade", Severity.WARNING, f"The text {found}.", "Use shorter words."


def _places(text: WaveText, way: Way) -> Iterator[Lack]:
    named = places_in(f"{text.subject} {text.body}")
    for place in named:
        if place not in PLACES:
            yield (
                "unknown-place",
                Severity.ERROR,
                f"Nothing can stand in {{{place}}}.",
                f"There are {', '.join(PLACES)}.",
            )
    if way is not Way.PHONE and "link" not in places_in(text.body):
        yield (
            "no-link",
            Severity.ERROR,
            "The reader's own link is missing.",
            "Write {link} where it is to stand, in a mail or letter as a paragraph of its own.",
        )
    if way in (Way.EMAIL, Way.LETTER) and not {"phone", "email"} & set(named):
        yield (
            "no-way-to-a-person",
            Severity.WARNING,
            "The text names no way to a person.",
            "Write {phone} into it.",
        )


def _names_the_recall(said: Said, way: Way, language: str) -> Iterator[Lack]:
    has_subject = way in (Way.EMAIL, Way.LETTER)
    words = SAFETY_RECALL.get(language)
    if words and not words.search(said.subject if has_subject else said.text):
        where = "The subject" if has_subject else "The text"
        yield (
            "safety-recall",
            Severity.ERROR,
            f"{where} does not say that this is a safety recall.",
            'Write "Safety recall", in Spanish "Retiro de seguridad".',
        )
    if way is Way.EMAIL and len(said.subject) > LONGEST_SUBJECT:
        yield (
            "long-subject",
            Severity.WARNING,
            f"The subject has {len(said.subject)} characters: its end is cut off.",
            f"Use at most {LONGEST_SUBJECT}.",
        )


def _speaks_of_danger(whole: str, language: str) -> Iterator[Lack]:
    if language in HARM and not HARM[language].search(whole):
        yield (
            "no-hazard",
            Severity.ERROR,
            "The text does not say what can happen.",
            "Write {hazard} into it.",
        )
    if language in STOP_USING and not STOP_USING[language].search(whole):
        yield (
            "no-stop-using",
            Severity.ERROR,
            "The text does not say to stop using the product.",
            "Write {stop_using} into it, or say it.",
        )


def _plays_nothing_down(text: WaveText, language: str) -> Iterator[Lack]:
    """Of the writer's own words: what the recall says was judged with it."""
    whole = f"{text.subject}\n{text.body}"
    if language not in ADVERTISES:
        return
    for soft in (*softeners_in(language, whole), *no_accidents_in(language, whole)):
        yield (
            "softener",
            Severity.ERROR,
            f"{soft!r} makes the danger sound small.",
            "Leave the words out.",
        )
    if safe := safe_words_in(language, whole):
        yield (
            "says-safe",
            Severity.ERROR,
            f"{safe!r} says that the product is safe.",
            "Leave the words out.",
        )
    for found in dict.fromkeys(each[0] for each in ADVERTISES[language].finditer(whole)):
        yield (
            "advertises",
            Severity.ERROR,
            f"{found!r} advertises: a safety notice sells nothing.",
            "Leave the words out.",
        )


def _says_perhaps(text: WaveText, language: str) -> Iterator[Lack]:
    if language in PERHAPS and not PERHAPS[language].search(text.body):
        yield (
            "certain-of-a-weak-match",
            Severity.ERROR,
            "These matches are weak: the text must say that the reader may have bought it.",
            'Write "You may have bought".',
        )


def _is_a_text_message(said: Said) -> Iterator[Lack]:
    if not STOP.search(said.text):
        yield (
            "no-stop",
            Severity.ERROR,
            "The text does not say how to get no more of them.",
            'Write "Reply STOP to get no more texts".',
        )
    if not HELP.search(said.text):
        yield "no-help", Severity.WARNING, "The text does not name HELP.", 'Write "HELP for help".'
    counted = segments(said.text)
    if counted.parts > MOST_PARTS:
        because = f", because of {' '.join(counted.wide[:8])}" if counted.wide else ""
        yield (
            "many-parts",
            Severity.WARNING,
            f"The text is sent, and paid for, in {counted.parts} parts{because}.",
            "Shorten it, or use plain letters.",
        )
