"""The words of a file that are known, without case and signs."""

from collections.abc import Mapping

from recalldesk.disposal.states import SiteKind, Takes

YES_WORDS = frozenset(["yes", "y", "true", "1", "x", "si", "sí", "ja", "oui"])
NO_WORDS = frozenset(["no", "n", "false", "0", "nein", "non"])
TAKES_WORDS: Mapping[str, Takes] = {
    **dict.fromkeys(YES_WORDS, Takes.YES),
    **dict.fromkeys(NO_WORDS, Takes.NO),
    **dict.fromkeys(
        (
            "ask",
            "ask first",
            "call",
            "call first",
            "maybe",
            "unknown",
            "not known",
            "?",
            "preguntar",
            "llamar",
        ),
        Takes.ASK,
    ),
}
_KINDS = {
    SiteKind.HAZARDOUS_WASTE: "household hazardous waste|hhw|hhw center|hhw centre|hhw facility|"
    "hazardous waste|household hazardous waste center|household hazardous waste centre|"
    "household hazardous waste facility|household hazardous waste collection center|residuos "
    "peligrosos",
    SiteKind.RECYCLING_CENTRE: "recycling centre|recycling center|recycling|transfer station|"
    "municipal|drop off|drop off center|civic amenity|civic amenity site|recycling yard|landfill|"
    "punto limpio|ecoparque|wertstoffhof",
    SiteKind.COLLECTION_DAY: "collection day|collection event|event|hhw event|dia de recogida",
    SiteKind.BATTERY_RECYCLER: "battery recycler|recycler|battery recycling",
    SiteKind.FIRE_STATION: "fire station|fire department|bomberos",
    SiteKind.FIRM: "firm|manufacturer|take back|takeback",
    SiteKind.SHOP: "shop|store|retailer|retail|tienda",
    SiteKind.OTHER: "other|otro",
}
KIND_WORDS: Mapping[str, SiteKind] = {
    **{kind.value.replace("_", " "): kind for kind in SiteKind},
    **{each: kind for kind, words in _KINDS.items() for each in words.split("|")},
}


def word(text: str) -> str:
    """A word as it is looked up."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def printed(text: str) -> str:
    """A text without what no text of a site has, and no database or screen takes: bytes of control,
    halves of characters, marks that turn the direction of reading."""
    if text.isprintable():
        return text
    return "".join(each for each in text if each.isprintable() or each.isspace())
