"""Words that say that a recalled product is safe: nobody is ever told that.

Guarantee: a clause that denies ("it is not safe to use") or that speaks of people and places
("when you are safe", "in a safe place") is left alone. Words that only make a danger sound small
are the linter's (recalls/lint/softeners.py).
"""

import re
from collections.abc import Mapping


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_EN_RISK = "(?:risks?|dangers?|hazards?|chances?|probability|likelihood|possibility)"
_ES_RISK = "(?:riesgos?|peligros?|probabilidad(?:es)?|posibilidad(?:es)?)"

SAFE: Mapping[str, re.Pattern[str]] = {
    "en": _any_of(
        "safe (?:to|for) (?!(?:get|stand|go|keep away)\\b)[a-z]+",
        "(?<!\\byou )(?<!one )(?<!body )(?<!people )(?<!children )(?<!others )"
        "(?:is|are|remains|stays|be|it's|they're|still|perfectly|completely|entirely|absolutely)"
        " (?:still |perfectly |completely |entirely |quite |absolutely |generally |otherwise )?"
        "safe(?! (?:place|distance|spot|way|side|room|surface|container))",
        "(?:used?|using|drive|driven|charged?|operated?) (?:it |them )?safely",
        "safely (?:used?|drive|driven|charged?|continue|keep using|operated?)",
        "harmless",
        f"(?:there is|there's|poses?|presents?) no {_EN_RISK}",
    ),
    "es": _any_of(
        "(?:es|son|sigue siendo|siguen siendo|sea|sean) (?:totalmente |completamente |muy )?"
        "segur[oa]s?",
        "segur[oa]s? (?:de|para) (?:usar|utilizar|cargar|conducir|manejar)(?:l[oa]s?)?",
        "(?:us|utiliz|carg)[aá]r?(?:l[oa]s?)? con (?:toda )?(?:seguridad|tranquilidad)",
        "(?:us|utiliz|carg)[aá]r?(?:l[oa]s?)? sin (?:ningún )?(?:peligro|riesgo)",
        "inofensiv[oa]s?",
        f"no hay (?:ningún )?{_ES_RISK}",
        f"no (?:supone|representa|presenta|existe|entraña)n? (?:un |ningún )?{_ES_RISK}",
    ),
}
DENIAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|never|no longer|cannot|nobody|nor|neither)\b|n['’]t\b", re.IGNORECASE
    ),
    "es": re.compile(r"\b(?:no|nunca|jamás|tampoco|ni|nadie)\b", re.IGNORECASE),
}
CLAUSE_END = re.compile(r"[.;:,!?¡¿…—]")


def safe_words_in(language: str, text: str) -> str:
    """The first words of a text that say that the product is safe, or nothing."""
    for found in SAFE[language].finditer(text):
        before = CLAUSE_END.split(text[: found.start()])[-1]
        if not DENIAL[language].search(before):
            return found[0]
    return ""
