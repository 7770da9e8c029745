"""What a partner is told of a serial, in words for whoever holds the unit in a shop.

Guarantees: the answer is that of the one door of all checks; nothing is ever called harmless: what
is in doubt, and what cannot be answered, is to be kept apart. A scan settles a doubt only for a
partner whose key has that right, and only as the rule of the verdict says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.checks.asking import ask
from recalldesk.checks.states import Source
from recalldesk.checks.words import asks_for_person, reason
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.reads import known_recalls
from recalldesk.recalls.wording import fill, in_language
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer, Verdict

SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""What a scanner may send before the text: with what it read it (ISO/IEC 15424)."""
UNANSWERED = "unanswered"
GRAVEST_FIRST = (
    Verdict.AFFECTED.value,
    Verdict.LOOK_AGAIN.value,
    Verdict.ASK_A_PERSON.value,
    UNANSWERED,
    Verdict.NOT_AFFECTED.value,
)
HEADLINES: Mapping[str, Promise] = {
    Verdict.AFFECTED.value: gettext_lazy("Recalled: do not sell it"),
    Verdict.LOOK_AGAIN.value: gettext_lazy("Look again: keep it apart until you know"),
    Verdict.ASK_A_PERSON.value: gettext_lazy("A person decides: keep it apart"),
    Verdict.NOT_AFFECTED.value: gettext_lazy("This serial is not in a recall that we know today"),
    UNANSWERED: gettext_lazy("We cannot answer just now: treat it as recalled"),
}
ICONS = {UNANSWERED: "try_later"}
COLOURS = {
    Verdict.AFFECTED.value: "affected",
    Verdict.NOT_AFFECTED.value: "person",
    Verdict.ASK_A_PERSON.value: "person",
}


@dataclass(frozen=True)
class Told:
    """What is said of one serial. `words`: why, or what to do; `recalls`: by their names."""

    serial: str
    verdict: str
    words: str = ""
    recalls: tuple[str, ...] = ()
    second: int = 0
    versions: tuple[tuple[str, int], ...] = field(default=())

    @property
    def headline(self) -> str:
        """The answer."""
        return str(HEADLINES[self.verdict])

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS.get(self.verdict, self.verdict)

    @property
    def colour(self) -> str:
        """Its colour, by the name of a class."""
        return COLOURS.get(self.verdict, "look")


def read_code(text: str) -> tuple[str, str]:
    """The serial in what a scanner sent, and with what it was read, where that stands before it."""
    found = SYMBOLOGY.match(text)
    return (text[found.end() :], found.group()) if found else (text, "")


def gravest(answers: Sequence[Told]) -> Told:
    """Of several things that stand in one line, what weighs most."""
    return min(answers, key=lambda each: GRAVEST_FIRST.index(each.verdict))


class Teller:
    """Answers serials for one page: the recalls are read once, however many are asked about."""

    def __init__(self) -> None:
        self._lives = {live.slug: live for live in known_recalls()}

    def tell(self, serial: str, *, scanned_as: str = "") -> Told:
        """The answer for a serial. `scanned_as`: for a partner whose scans count."""
        source = Source.SCANNER if scanned_as else Source.BATCH
        try:
            return self._told(serial, ask(serial, source=source, scanned_as=scanned_as))
        except AnswerUnavailable:
            return Told(serial, UNANSWERED, gettext("Ask again in a few minutes, or call us."))

    def _told(self, serial: str, answer: Answer) -> Told:
        named = [each for each in answer.recalls if each.verdict == answer.verdict]
        return Told(
            serial=serial,
            verdict=answer.verdict.value,
            words=self._words(answer),
            recalls=tuple(self._called(each.recall) for each in named),
            second=answer.second,
            versions=tuple((each.recall, each.version) for each in named),
        )

    def _called(self, slug: str) -> str:
        live = self._lives.get(slug)
        if live is None:
            return slug
        text, used = in_language(live.document.texts.headline, get_language() or "en")
        return fill(text, live.document, used)

    def _words(self, answer: Answer) -> str:
        if answer.verdict is Verdict.AFFECTED:
            return gettext("Keep it apart, under lock and marked “Recalled: do not sell”.")
        if answer.verdict is Verdict.LOOK_AGAIN:
            return f"{reason(answer, self._products(answer))} {_where(answer)}".strip()
        if answer.verdict is Verdict.ASK_A_PERSON:
            return asks_for_person(answer)
        return gettext(
            "That answers for this serial and for what is recalled today, and for nothing else."
        )

    def _products(self, answer: Answer) -> tuple[Product, ...]:
        lives = (self._lives.get(each.recall) for each in answer.recalls)
        return tuple(product for live in lives if live for product in live.document.products)


def _where(answer: Answer) -> str:
    if not answer.look_at:
        return ""
    places = ", ".join(map(str, answer.look_at))
    return gettext("Look at these characters, counted from the left: %(places)s.") % {
        "places": places
    }
