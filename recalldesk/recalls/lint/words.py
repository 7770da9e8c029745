"""The words by which the linter knows that a text says what the law asks, per language."""

import re
from collections.abc import Mapping

Words = Mapping[str, re.Pattern[str]]


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


RECALL: Words = {
    "en": _any_of("recall(?:s|ed|ing)?"),
    "es": _any_of("retir(?:o|os|ada|adas|ado|ados|a|an|amos)", "recuperación"),
}
HARM: Words = {
    "en": _any_of(
        "fires?|burn(?:s|ed|ing)?|explo(?:de|sion)\\w*|smok(?:e|ing)|shocks?|electrocut\\w+",
        "fall(?:s|ing)?|fell|trip(?:s|ping)?|tip(?:s|ping)?(?: |-)?over|crash(?:es)?|collisions?",
        "chok(?:e|ing)|suffocat\\w+|strangl\\w+|strangulation|asphyxia\\w*|drown\\w*",
        "cuts?|cutting|lacerat\\w+|punctur\\w+|amputat\\w+|crush\\w*|pinch\\w*|entrap\\w+|trapped",
        "poison\\w*|toxic\\w*|lead|asbestos|carbon monoxide|infect\\w+|bacteria\\w*|allerg\\w+",
        "injur(?:y|ies|e|ed)|hurts?|harm|death|die|kill(?:s|ed)?|deadly|fatal\\w*",
        "blind\\w*|hearing|choking|impact|scald(?:s|ed|ing)?|radiation|chemical burns?",
        "not stop|stop at all",
    ),
    "es": _any_of(
        "fuego|incendi\\w+|quem\\w+|arder?|arden|explo\\w+|humo|descargas?|electrocu\\w+",
        "ca(?:er|e|en|ída|ídas)|tropez\\w+|volc\\w+|choques?|colisi\\w+",
        "asfixi\\w+|atragant\\w+|ahog\\w+|estrangul\\w+",
        "cort(?:e|es|ar|arse)|lacera\\w+|perfora\\w+|amputa\\w+|aplast\\w+|atrap\\w+",
        "envenen\\w+|intoxic\\w+|tóxic\\w+|plomo|amianto|monóxido|infec\\w+|bacterias?|alerg\\w+",
        "lesion\\w*|lesión|heri\\w+|daños?|muert\\w+|morir|mortal\\w*|matar?|escald\\w+",
        "no frenar|impactos?|radiación",
    ),
}
"""Kinds of harm, by the words that name one."""
STOP_USING: Words = {
    "en": _any_of(
        "(?:stop|cease|quit) (?:\\w+ ){0,2}(?:us(?:e|ing)|driving|riding|wearing|charging)",
        "(?:do not|don['’]t|never) (?:\\w+ ){0,2}(?:use|drive|ride|wear)",
    ),
    "es": _any_of(
        "dej(?:e|en|a) (?:\\w+ ){0,3}(?:usar|utilizar|conducir|llevar)(?:l[oa]s?)?",
        "no (?:lo |la |los |las )?(?:vuelva a )?"
        "(?:us(?:e|en|ar)|utili(?:ce|cen|zar)|condu(?:zca|cir))(?:l[oa]s?)?",
    ),
}
AT_ONCE: Words = {
    "en": _any_of("immediately|at once|now|right away|straight away|this moment"),
    "es": _any_of("inmediatamente|de inmediato|inmediato|ahora|ya|enseguida|al momento|en el acto"),
}
TIME_ZONE: Words = {
    "en": _any_of(
        "eastern|central|mountain|pacific|alaska|hawaii|atlantic|local time|time zone",
        "[ECMPA][SD]?T|UTC|GMT|CET|CEST|BST",
    ),
    "es": _any_of(
        "hora (?:d?el |de la )?(?:este|centro|montaña|pacífico|alaska|hawái|atlántico|local)",
        "hora (?:estándar )?(?:oriental|central|peninsular)",
        "[ECMPA][SD]?T|UTC|GMT|CET|CEST",
    ),
}
GPSR_HEADING: Mapping[str, str] = {
    "en": "Product safety recall",
    "es": "Recuperación por motivos de seguridad del producto",
}
"""What the linter proposes; `IS_GPSR_HEADING` says what it accepts."""
IS_GPSR_HEADING: Words = {
    "en": re.compile(r"product safety recall", re.IGNORECASE),
    # Not compared with the Official Journal's Spanish text: no heading of its kind is refused.
    "es": re.compile(r"(?=.*\bproductos?\b)(?=.*\bseguridad\b).*\brecuperación\b.*", re.IGNORECASE),
}
"""The whole heading, as Art. 36(2)(a) words it."""
TOLL_FREE = re.compile(r"^\+1(?:800|833|844|855|866|877|888)")
"""Numbers of the North American plan that cost the caller nothing."""
