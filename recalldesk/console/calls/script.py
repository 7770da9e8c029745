"""What to say to somebody on the line: the recall's own texts, in the caller's language.

Guarantee: the question about danger comes first, and nothing in it asks for money or a card.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.claims.remedies_offered import remedies_in
from recalldesk.claims.statements import statements_of
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document


@dataclass(frozen=True)
class Script:
    """What is read out. `where`: of each way in which serials stand, the models and the place;
    `incident`: what is asked of one, and told; `statements`: what the caller says yes to, all but
    the privacy notice."""

    language: str
    danger_question: str
    danger_headline: str
    danger_steps: tuple[str, ...]
    emergency: tuple[tuple[str, str], ...]
    question: str
    hazard: str
    stop: tuple[str, ...]
    keep: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    remedies: tuple[tuple[str, str, str], ...]
    never_asked: str
    incident: tuple[str, ...]
    statements: tuple[str, ...]


def script_of(document: Document, *, language: str, country: str) -> Script:
    """The script of a recall. `country`: of the caller, or empty; its remedies alone are named."""

    def say(texts: Mapping[str, str]) -> str:
        return wording.said(texts, document, language)

    texts, danger = document.texts, document.danger
    offered = remedies_in(document, country) if country else document.remedies
    where: dict[str, list[str]] = {}
    for product in document.products:
        where.setdefault(say(product.serial.where), []).append(product.model)
    with override(language):
        locale = wording.locale_of(language, country)
        return Script(
            language=language,
            danger_question=say(danger.question)
            if danger
            else gettext(
                "Is it hot, swollen, leaking or smoking, or has it burned or hurt someone?"
            ),
            danger_headline=say(danger.headline) if danger else gettext("Get away from it, now"),
            danger_steps=tuple(say(step) for step in danger.steps) if danger else _steps(),
            emergency=tuple(
                (each.emergency_number, wording.country_name(each.country, locale))
                for each in document.jurisdictions
                if not country or each.country == country
            ),
            question=say(texts.question),
            hazard=say(texts.hazard),
            stop=tuple(say(text) for text in texts.stop),
            keep=tuple(say(text) for text in texts.keep),
            where=tuple((", ".join(models), place) for place, models in where.items()),
            remedies=tuple((each.key, say(each.title), say(each.explanation)) for each in offered),
            never_asked=gettext("We never ask for a card number or a fee. You need no account."),
            incident=_of_an_incident(),
            statements=tuple(
                each.text for each in statements_of(document, language) if each.is_ticked
            ),
        )


def _steps() -> tuple[str, ...]:
    return (
        gettext("Do not touch it, move it, charge it or write on it."),
        gettext("Do not open it, and do not put it in water of any kind."),
        gettext("Smoke, fire, or someone hurt: call the emergency number."),
    )


def _of_an_incident() -> tuple[str, ...]:
    return (
        gettext("What happened?"),
        gettext("When was it?"),
        gettext("Was anyone hurt?") + " " + gettext("What care did they have?"),
        gettext("Was anything damaged?") + " " + gettext("What does it cost, about?"),
        gettext("Do you still have it?"),
        gettext(
            "Keep it, if that is safe: do not throw it away before we have spoken. Do not touch it "
            "to look."
        ),
        gettext("How do we reach you? You need not tell us."),
        gettext("You can tell the authority, too."),
    )
