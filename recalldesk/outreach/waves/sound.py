"""What a wave and its words must be before they are kept at all."""

from collections.abc import Iterator
from decimal import Decimal

from recalldesk.outreach.models import Wave
from recalldesk.outreach.waves.errors import FaultsRefused, TextRefused, WaveRefused
from recalldesk.recalls.document import Document

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_BODY = 120, 200, 20_000
MOST_DAYS, MOST_A_MINUTE = 3_650, 10_000_000
CURRENCY = 3


def refuse_unless_sound(wave: Wave) -> None:
    """Raises WaveRefused."""
    faults = [WaveRefused(message, hint) for message, hint in dict.fromkeys(_faults(wave))]
    if len(faults) > 1:
        raise FaultsRefused(faults)
    if faults:
        raise faults[0]


def refuse_words(document: Document, *, language: str, subject: str, body: str) -> None:
    """Raises TextRefused."""
    if language not in document.languages:
        raise TextRefused(
            f"The recall has no texts in {language!r}.",
            f"It has {', '.join(document.languages)}.",
        )
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        raise TextRefused(
            "The words are too long.",
            f"A subject has at most {LONGEST_SUBJECT} characters, a text {LONGEST_BODY:,}.",
        )
    if "\0" in subject + body:
        raise TextRefused("The words hold a character that cannot be kept.", "Type them anew.")


def _faults(wave: Wave) -> Iterator[tuple[str, str]]:
    if not wave.ways:
        yield "No way is named by which notices go.", "Name one, as email."
    if len(wave.name) > LONGEST_NAME or "\0" in wave.name:
        yield "The wave's name is too long.", f"Use at most {LONGEST_NAME} characters."
    if not 0 <= wave.silent_days <= MOST_DAYS:
        yield "The days of silence cannot be meant.", f"Write 0 to {MOST_DAYS:,}."
    for rate in (wave.per_minute, wave.per_domain):
        if not 1 <= rate <= MOST_A_MINUTE:
            yield "So many in a minute cannot be meant.", f"Write 1 to {MOST_A_MINUTE:,}."
    if wave.currency and not (len(wave.currency) == CURRENCY and wave.currency.isalpha()):
        yield "The currency is none.", "Write its code of three letters, as USD."
    for price in map(Decimal, wave.costs.values()):
        if not price.is_finite() or price < 0:
            yield "A cost is no price.", "Write 0 or more."
    if wave.starts_at is not None and wave.starts_at.tzinfo is None:
        yield "The start has no time zone.", "Say which."
