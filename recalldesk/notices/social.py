"""The notice in a few words, for networks and text messages, each within its length.

Guarantees: a text is made of whole texts of the notice; it says "recall", names a harm where
the notice does, makes no danger small and calls nothing safe, and holds the whole link. Where that
does not fit, there is no text, and it is said why.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.notices.notice import Notice
from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.lint.softeners import no_accidents_in, softeners_in
from recalldesk.recalls.lint.words import HARM, RECALL

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters of a text message (GSM 03.38). With any other one it holds 70 and not 160."""
SPELLED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Network:
    """Where a text is put, how long it may be, and what a link counts there (0: as it is)."""

    name: str
    longest: int
    link_counts: int = 0
    plain_letters: bool = False


NETWORKS = (
    Network("X", 280, link_counts=23),
    Network("Bluesky", 300),
    Network("Threads", 500),
    Network("Mastodon", 500, link_counts=23),
    Network("SMS", 160, plain_letters=True),
    Network("SMS in two parts", 306, plain_letters=True),
)


@dataclass(frozen=True)
class SocialText:
    """What is put where. `text` is empty where nothing fits, and `why_not` says why."""

    network: Network
    text: str
    length: int
    why_not: str = ""


def social_texts(notice: Notice, *, link: str) -> tuple[SocialText, ...]:
    """The text for each network, as full as fits."""
    with override(notice.language):
        fuller = [*_from_full_to_short(notice)]
        ask = gettext("Check yours:")
    return tuple(_for(network, notice, fuller, f"{ask} {link}") for network in NETWORKS)


def counted(text: str, network: Network) -> int:
    """How long the text is there: in characters as people see them."""
    shown = unicodedata.normalize("NFC", text)
    if network.link_counts:
        shown = LINK.sub("x" * network.link_counts, shown)
    return len(shown)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _from_full_to_short(notice: Notice) -> Iterator[str]:
    """What a text may say, the fullest first. The hazard stands whole, or the headline tells it."""
    headline, step = _ended(notice.headline), _ended(notice.steps[0])
    for heading in dict.fromkeys((f"{notice.heading}: " if notice.heading else "", "")):
        yield f"{heading}{headline} {notice.hazard} {step}"
        yield f"{heading}{headline} {notice.hazard}"
        yield f"{heading}{headline} {step}"
        yield f"{heading}{headline}"


def _for(network: Network, notice: Notice, fuller: list[str], end: str) -> SocialText:
    said = _plain if network.plain_letters else _as_it_is
    lengths = []
    for body in fuller:
        text = said(f"{body} {end}")
        length = counted(text, network)
        lengths.append(length)
        if length > network.longest or (network.plain_letters and set(text) - GSM):
            continue
        wrong = _wrong_in(notice, body)
        if not wrong:
            return SocialText(network, text, length)
    return SocialText(network, "", 0, _why_not(network, notice, fuller, min(lengths)))


def _why_not(network: Network, notice: Notice, fuller: list[str], shortest: int) -> str:
    if shortest > network.longest:
        return f"the headline and the link need {shortest} characters of {network.longest}"
    return _wrong_in(notice, fuller[-1]) or "it needs letters that a text message does not have"


def _as_it_is(text: str) -> str:
    return text


def _plain(text: str) -> str:
    """Letters that a text message has; marks go where the letter without one is there."""
    spelled = (
        c if c in GSM else unicodedata.normalize("NFD", c)[0] for c in text.translate(SPELLED)
    )
    return "".join(spelled)


def _wrong_in(notice: Notice, body: str) -> str:
    """What a text lacks, or says amiss; nothing where it is right."""
    language = notice.language
    if not RECALL[language].search(body):
        return "it does not say that it is a recall"
    if HARM[language].search(notice.hazard) and not HARM[language].search(body):
        return "it names no harm, and with the hazard it is too long"
    amiss: tuple[Callable[[str, str], object], ...] = (softeners_in, no_accidents_in, safe_words_in)
    return "" if not any(find(language, body) for find in amiss) else "it makes the danger small"
