"""The words of a wave as its pages show them: what is written, what the rules find, how it reads.

Guarantee: what stands beside the words is made by the same code that makes the notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.console.version_shown import language_name
from recalldesk.console.wave_words import WAYS
from recalldesk.console.waves_asked import wave_address
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.lint import WordsFinding
from recalldesk.outreach.waves.places import PLACES
from recalldesk.outreach.waves.said import Said
from recalldesk.outreach.waves.sampling import sample
from recalldesk.outreach.waves.segments import segments
from recalldesk.recalls.reads import document_of

ROWS = {Way.EMAIL: 18, Way.SMS: 5, Way.LETTER: 18, Way.PHONE: 18}
SUBJECTS = {Way.EMAIL: "Subject", Way.LETTER: "Headline"}
BODIES = {
    Way.EMAIL: "Text of the mail",
    Way.SMS: "Text message",
    Way.LETTER: "Text of the letter",
    Way.PHONE: "Script, for whoever calls",
}
MOST_WIDE = 8


@dataclass(frozen=True)
class ShownText:
    """The words in one way and language. `typed_*`: what stands in the form; `notices`: how many
    would get it, in words; `problem`: why it cannot be read as it is."""

    id: str
    way: Way
    language: str
    title: str
    has_subject: bool
    subject_label: str
    body_label: str
    rows: int
    typed_subject: str
    typed_body: str
    is_written: bool
    findings: tuple[WordsFinding, ...]
    notices: str
    problem: str
    subject: str
    sender: str
    text: str
    length: str
    frame_url: str
    picture_url: str
    links: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> bool:
        """Whether something in it is to be mended first."""
        return not self.is_written or bool(self.problem) or any(e.is_error for e in self.findings)


def texts_shown(
    wave: Wave,
    found: Mapping[tuple[Way | None, str], tuple[WordsFinding, ...]],
    *,
    notices: Mapping[tuple[Way, str], int] | None = None,
    typed: Mapping[str, str] | None = None,
) -> list[ShownText]:
    """Every text that the wave needs, written or not. `found`: by way and language; `typed`: a form
    that was not taken."""
    if wave.version is None:
        return []
    rows = {(each.way, each.language): each for each in wave.texts.all()}
    return [
        _shown(
            wave,
            way,
            language,
            rows.get((way.value, language)),
            found.get((way, language), ()),
            None if notices is None else notices.get((way, language), 0),
            typed or {},
        )
        for way in Way
        if way.value in wave.ways
        for language in document_of(wave.version).languages
    ]


def _shown(
    wave: Wave,
    way: Way,
    language: str,
    row: WaveText | None,
    findings: tuple[WordsFinding, ...],
    notices: int | None,
    typed: Mapping[str, str],
) -> ShownText:
    is_typed = (typed.get("way"), typed.get("language")) == (way.value, language)
    kept = {"subject": row.subject, "body": row.body} if row else {"subject": "", "body": ""}
    said, problem = _said(wave, way, language) if row else (None, "")
    words = WAYS[way]
    return ShownText(
        id=f"{way.value}-{language}",
        way=way,
        language=language,
        title=f"{words[:1].upper()}{words[1:]}, {language_name(language)}",
        has_subject=way in SUBJECTS,
        subject_label=SUBJECTS.get(way, ""),
        body_label=BODIES[way],
        rows=ROWS[way],
        typed_subject=(typed if is_typed else kept).get("subject", ""),
        typed_body=(typed if is_typed else kept).get("body", ""),
        is_written=row is not None,
        findings=findings,
        notices="" if notices is None else f"{notices:,} notice{'' if notices == 1 else 's'}",
        problem=problem,
        subject=said.subject if said else "",
        sender=_sender(said) if said and way is Way.EMAIL else "",
        text=said.text if said else "",
        length=length_words(said.text) if said and way is Way.SMS else "",
        frame_url=wave_address("wave_mail", wave, language) if way is Way.EMAIL else "",
        picture_url=wave_address("wave_letter", wave, language, "png")
        if said and way is Way.LETTER
        else "",
        links=_links(wave, way, language),
        places=tuple((f"{{{name}}}", means) for name, means in PLACES.items()),
    )


def _said(wave: Wave, way: Way, language: str) -> tuple[Said | None, str]:
    assert wave.version is not None  # a wave speaks of a version from its draft on
    try:
        return sample(wave, document_of(wave.version), way, language), ""
    except Problem as problem:
        return None, f"{problem.message} {problem.hint}"


def _sender(said: Said) -> str:
    return f"From {said.sender}; answers go to {said.reply_to}."


def length_words(text: str) -> str:
    """How long a text message is, and why it is cut as it is."""
    found = segments(text)
    words = f"{len(text)} characters, sent in {found.parts} part{'' if found.parts == 1 else 's'}"
    if not found.wide:
        return f"{words}, each of which is paid for."
    return f"{words}: each holds less than half because of {' '.join(found.wide[:MOST_WIDE])}"


def _links(wave: Wave, way: Way, language: str) -> tuple[tuple[str, str], ...]:
    if way is not Way.LETTER:
        return ()
    return (("The same as a PDF", wave_address("wave_letter", wave, language, "pdf")),)
