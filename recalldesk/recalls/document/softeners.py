"""Words that make a danger sound small.

Notices in the EU must not use them (GPSR, Art. 36(2): "voluntary", "precautionary",
"discretionary", "in rare situations", "in specific situations" and the like), and everywhere they
lower the number of owners who act. Nor is anybody told that a recalled product is safe.

Guarantee: a clause that denies ("it is not safe to use") or that speaks of people and places
("when you are safe", "in a safe place") is left alone.
"""

import re
from collections.abc import Mapping


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_EN_CASES = "(?:cases?|instances?|situations?|circumstances|conditions|occasions?|events?)"
_EN_SMALL = "(?:low|small|slight|minimal|minor|negligible|remote|limited|little|marginal)"
_EN_RISK = "(?:risks?|dangers?|hazards?|chances?|probability|likelihood|possibility)"
_EN_VERY = "(?:very |extremely |quite |only |rather |considered |thought |relatively |so |just )*"
_ES_CASES = "(?:casos?|situaciones|situación|circunstancias?|ocasiones|condiciones)"
_ES_SMALL = (
    "(?:baj[oa]s?|mínim[oa]s?|pequeñ[oa]s?|escas[oa]s?|leves?|reducid[oa]s?|limitad[oa]s?"
    "|remot[oa]s?|insignificantes?|poc[oa]s?)"
)
_ES_RISK = "(?:riesgos?|peligros?|probabilidad(?:es)?|posibilidad(?:es)?)"
_ES_VERY = "(?:muy |sumamente |extremadamente |bastante |tan )*"
_ES_RARE = (
    "(?:rar[oa]s?|aislad[oa]s?|excepcionales|específic[oa]s?|concret[oa]s?|contad[oa]s?"
    "|puntuales|determinad[oa]s?|poc[oa]s?|poco frecuentes|limitad[oa]s?)"
)

SOFTENERS: Mapping[str, re.Pattern[str]] = {
    "en": _any_of(
        "voluntar(?:y|ily)",
        "discretionary",
        "precautionary",
        "(?:as|by way of|for) (?:an? )?(?:extra |added |mere |simple )?precautions?",
        "(?:abundance|excess|matter) of caution",
        "out of (?:pure |sheer )?caution",
        f"in {_EN_VERY}(?:a )?{_EN_VERY}(?:rare|isolated|exceptional|specific|limited|unusual|few"
        f"|small number of) {_EN_CASES}",
        "in certain (?:situations|circumstances|conditions)",
        "rarely",
        "(?:is|are|was|were|very|extremely) rare",
        "(?:highly |very )?unlikely",
        f"{_EN_SMALL} (?:\\w+ )?{_EN_RISK}",
        f"{_EN_RISK} (?:[\\w'-]+ ){{0,6}}(?:is|are|remains?|being) {_EN_VERY}{_EN_SMALL}",
        "low-risk",
        f"no (?:real|immediate|serious|significant|known) {_EN_RISK}",
        f"(?:there is|there's|poses?|presents?) no {_EN_RISK}",
        "potentially",
        f"potential (?:\\w+ ){{0,2}}{_EN_RISK}",
    ),
    "es": _any_of(
        "voluntari(?:[oa]s?|amente)",
        "discrecional(?:es)?",
        "precautori[oa]s?",
        "(?:por|de|como) (?:mera |simple |pura )?precaución",
        "(?:a título|con carácter|medida) preventiv[oa]",
        "preventivamente",
        f"en {_ES_VERY}{_ES_RARE} {_ES_CASES}",
        f"en {_ES_CASES} {_ES_VERY}{_ES_RARE}",
        "rara vez",
        "raramente",
        "(?:es|son|muy) rar[oa]s?",
        "improbables?",
        "poco probables?",
        f"{_ES_SMALL} {_ES_RISK}",
        f"{_ES_RISK} (?:de [\\w ]{{1,40}} )?(?:(?:es|son|sea|sigue siendo) )?{_ES_VERY}{_ES_SMALL}",
        f"no hay (?:ningún )?{_ES_RISK}",
        f"no (?:supone|representa|presenta|existe|entraña)n? (?:un |ningún )?{_ES_RISK}",
        "potencialmente",
        f"{_ES_RISK} potencial(?:es)?",
        f"potencial(?:es)? {_ES_RISK}",
    ),
}
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
    ),
    "es": _any_of(
        "(?:es|son|sigue siendo|siguen siendo|sea|sean) (?:totalmente |completamente |muy )?"
        "segur[oa]s?",
        "segur[oa]s? (?:de|para) (?:usar|utilizar|cargar|conducir|manejar)(?:l[oa]s?)?",
        "(?:us|utiliz|carg)[aá]r?(?:l[oa]s?)? con (?:toda )?(?:seguridad|tranquilidad)",
        "(?:us|utiliz|carg)[aá]r?(?:l[oa]s?)? sin (?:ningún )?(?:peligro|riesgo)",
        "inofensiv[oa]s?",
    ),
}
DENIAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|never|no longer|cannot|nobody|nor|neither)\b|n['’]t\b", re.IGNORECASE
    ),
    "es": re.compile(r"\b(?:no|nunca|jamás|tampoco|ni|nadie)\b", re.IGNORECASE),
}
CLAUSE_END = re.compile(r"[.;:,!?¡¿…—]")


def softener_in(language: str, text: str) -> str:
    """The first words of a text that make the danger sound small, or nothing."""
    soft = SOFTENERS[language].search(text)
    if soft:
        return soft[0]
    for found in SAFE[language].finditer(text):
        before = CLAUSE_END.split(text[: found.start()])[-1]
        if not DENIAL[language].search(before):
            return found[0]
    return ""
