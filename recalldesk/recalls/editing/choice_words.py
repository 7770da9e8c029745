"""What the choices of a field are called on the desk's pages, in plain words."""

from collections.abc import Mapping

_ROLES = {
    "manufacturer": "Manufacturer",
    "importer": "Importer",
    "distributor": "Distributor",
    "retailer": "Retailer",
}
_MEANINGS = {
    "recalled": "Recalled",
    "excluded": "Left out of the recall",
    "made": "All that were made",
}
_COUNTING = {"digits": "By their last digits", "alphabet": "By every character"}
CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "figures.counts": {
        "reports": "Reports, also of a danger of which nothing came",
        "incidents": "Reports in which something happened",
        "fires_and_explosions": "Reports of fires and explosions",
        "injuries": "People hurt",
        "injuries_untreated": "People hurt who needed no medical attention",
        "injuries_treated": "People hurt who had medical attention",
        "deaths": "People who died",
        "property_reports": "Reports of damage to property",
        "damage": "That damage, in one currency",
    },
    "languages": {"en": "English", "es": "Spanish"},
    "firm.role": _ROLES,
    "companies.role": _ROLES,
    "products.identifiers.kind": {
        "asin": "ASIN",
        "sku": "SKU",
        "upc": "UPC, 12 digits",
        "ean": "EAN, 13 digits",
        "gtin": "GTIN",
        "item_number": "Item number",
        "title": "Title in the shop",
    },
    "products.drawing.shape": {
        "power_bank": "Power bank",
        "slim_power_bank": "Slim power bank",
        "speaker": "Speaker",
        "puck": "Puck",
        "vehicle": "Vehicle",
        "box": "Box, for anything else",
    },
    "scope.lists.meaning": _MEANINGS,
    "scope.ranges.meaning": _MEANINGS,
    "scope.patterns.meaning": _MEANINGS,
    "scope.lists.counting": _COUNTING,
    "scope.ranges.counting": _COUNTING,
    "remedies.kind": {
        "gift_card": "Gift card",
        "replacement": "Replacement",
        "refund": "Refund",
        "repair": "Repair",
    },
    "remedies.ordering.provider": {
        "codes": "Gift codes of your own",
        "tremendous": "Tremendous, a gift-card service",
        "dispatch": "Your warehouse",
        "easypost": "EasyPost, a carriers’ service",
        "refund": "Your bank",
    },
    "promises.weekend": {
        "monday": "Monday",
        "tuesday": "Tuesday",
        "wednesday": "Wednesday",
        "thursday": "Thursday",
        "friday": "Friday",
        "saturday": "Saturday",
        "sunday": "Sunday",
    },
    "evidence.marks": {
        "word": "The word below",
        "code": "The code of their claim",
        "name": "Their name",
        "date": "The date",
    },
    "evidence.receipt": {
        "not_asked": "Is not asked for",
        "welcome": "Is welcome",
        "required": "Is required",
    },
    "disposal.attestation": {
        "none": "Not asked",
        "promised": "Promised with the claim",
        "confirmed": "Confirmed by a word",
        "proven": "Proven by a photo",
    },
    "disposal.moment": {"before_remedy": "Before the remedy", "after_remedy": "After the remedy"},
    "disposal.proof_by": {"rule": "The rule", "person": "A person"},
    "disposal.cases.condition": {
        "sound": "As usual",
        "damaged": "Swollen, leaking, hot or burnt",
    },
}
"""What the choices of a field are called."""


def word_of(path: str, choice: str) -> str:
    """What a choice of a field is called."""
    return CHOICE_WORDS.get(path, {}).get(choice) or choice.replace("_", " ").capitalize()
