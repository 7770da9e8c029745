"""The words by which `lint` knows what a notice says, in each language."""

import re
from collections.abc import Mapping


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


SAFETY_RECALL: Mapping[str, re.Pattern[str]] = {
    "en": _any_of("safety recall"),
    "es": _any_of(
        "safety recall",
        "(?:retiro|retirada)(?: del mercado)? (?:de|por)(?: motivos de)? seguridad",
        "recuperación por motivos de seguridad",
    ),
}
"""What the subject of a notice says, so that nobody takes it for an advertisement."""
ADVERTISES: Mapping[str, re.Pattern[str]] = {
    "en": _any_of(
        "discount(?:s|ed)?",
        "(?:special|exclusive|limited|great) (?:offers?|deals?)",
        "limited[- ]time",
        "promo(?:s|tions?|tional)?",
        "(?:promo|discount|coupon) codes?",
        "on sale",
        "(?:shop|buy|order) (?:now|today|online now)",
        "new (?:arrivals?|collections?|range)",
        "newsletters?",
        "follow us",
        "upgrade (?:now|to|your)",
        "you may also like",
        "free shipping",
    ),
    "es": _any_of(
        "descuentos?",
        "ofertas? (?:especial(?:es)?|exclusivas?|limitadas?)",
        "(?:gran|nuestras?) ofertas?",
        "por tiempo limitado",
        "promoci(?:ón|ones)",
        "promocional(?:es)?",
        "código de (?:descuento|promoción)",
        "en rebajas?",
        "compre (?:ahora|hoy|ya)",
        "nuevas? (?:colecci(?:ón|ones)|gamas?)",
        "bolet(?:ín|ines)",
        "s[íi]ganos",
        "envío gratis",
        "también le puede gustar",
    ),
}
"""A notice that also sells is an advertisement, and nobody may be written to without having asked
for it."""
PERHAPS: Mapping[str, re.Pattern[str]] = {
    "en": _any_of("may", "might", "perhaps", "possibly"),
    "es": _any_of("puede que", "podría", "puede haber", "quizás?", "tal vez", "es posible que"),
}
STOP, HELP = re.compile(r"\bSTOP\b"), re.compile(r"\bHELP\b")
"""The words that carriers know, whatever the language."""
