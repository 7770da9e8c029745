"""Words that make a danger sound small, in each language.

Notices in the EU must not use them (GPSR, Art. 36(2)(c): "voluntary", "precautionary",
"discretionary", "in rare situations", "in specific situations" and the like, nor that no accident
was reported), and everywhere they lower the number of owners who act.
"""

import re
from collections.abc import Mapping


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_EN_CASES = "(?:cases?|instances?|situations?|circumstances|conditions|occasions?|events?)"
_EN_SMALL = "(?:low|small|slight|minimal|minor|negligible|remote|limited|little|marginal)"
_EN_RISK = "(?:risks?|dangers?|hazards?|chances?|probability|likelihood|possibility)"
_EN_VERY = "(?:very |extremely |quite |only |rather |considered |thought |relatively |so |just )*"
_EN_HARM = "(?:accidents?|incidents?|injur(?:y|ies)|deaths?|fires|burns)"
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
_ES_HARM = "(?:accidentes?|incidentes?|lesion(?:es)?|lesión|muertes?|herid[oa]s?|incendios?)"

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
        "potencialmente",
        f"{_ES_RISK} potencial(?:es)?",
        f"potencial(?:es)? {_ES_RISK}",
    ),
}
NO_ACCIDENTS: Mapping[str, re.Pattern[str]] = {
    "en": _any_of(
        f"no (?:[a-z]+ ){{0,3}}{_EN_HARM} (?:[a-z]+ ){{0,6}}"
        "(?:reported|known|received|occurred|happened)",
        f"no (?:known|reported|confirmed) {_EN_HARM}",
        f"(?<!if )there (?:have been|has been|were|was|are) no (?:[a-z]+ ){{0,2}}{_EN_HARM}",
        f"no reports of (?:any )?{_EN_HARM}",
        "(?:nobody|no[ -]?one) (?:has been|was|is) (?:hurt|injured|harmed)",
        "none (?:(?:has been|have been|was|were|is|are) )?(?:reported|known)",
        f"not aware of (?:any )?{_EN_HARM}",
    ),
    "es": _any_of(
        f"no se (?:ha|han|había|habían) (?:[a-záéíóú]+ ){{1,3}}{_ES_HARM}",
        "no se (?:conoc|report|registr|notific|produj)[a-záéíóú]+ (?:[a-záéíóú]+ ){0,2}"
        f"{_ES_HARM}",
        f"ningún {_ES_HARM}|ninguna {_ES_HARM}|sin que (?:[a-záéíóú]+ ){{1,4}}{_ES_HARM}",
        f"no (?:hay|hubo|constan?|tenemos|existen?) (?:[a-záéíóú]+ ){{0,4}}{_ES_HARM}",
        "nadie (?:ha )?(?:resultado |resultó |sufrido |sufrió )?(?:herid[oa]|lesionad[oa]|daños?)",
    ),
}
"""What says that nothing has happened yet."""


def softeners_in(language: str, text: str) -> tuple[str, ...]:
    """All words of a text that make the danger sound small, each once."""
    return _found(SOFTENERS[language], text)


def no_accidents_in(language: str, text: str) -> tuple[str, ...]:
    """All words of a text that say that nothing was reported, each once."""
    return _found(NO_ACCIDENTS[language], text)


def _found(words: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found[0] for found in words.finditer(text)))
