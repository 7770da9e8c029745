"""Where a made-up owner's remedy goes: an address, and an account that no bank has."""

from recalldesk.demo.browser import Form
from recalldesk.drill.owners import MadeUpOwner

TOWNS = {
    "US": {"city": "Springfield", "country_area": "CA", "postal_code": "90001"},
    "CA": {"city": "Springfield", "country_area": "ON", "postal_code": "K1A 0B1"},
    "DE": {"city": "Musterstadt", "postal_code": "10115"},
    "FR": {"city": "Exempleville", "postal_code": "75001"},
    "GB": {"city": "EXAMPLETON", "postal_code": "SW1A 1AA"},
    "ES": {"city": "Ejemplo", "country_area": "28", "postal_code": "28001"},
}
GERMAN_BANK = "12030000"


def details_of(form: Form, owner: MadeUpOwner) -> dict[str, str]:
    """What the form asks for, filled in."""
    filled = {"street_address": owner.street, "account_holder": owner.name}
    filled |= _town(form)
    ways = [each for each in form.choices.get("payee_kind", ()) if each]
    if ways:
        filled["payee_kind"] = ways[owner.number % len(ways)]
    filled["routing_number"] = "021000021"
    filled["account_number"] = f"9{owner.number:011d}"
    filled["iban"] = made_up_iban(owner.number)
    return {name: text for name, text in filled.items() if name in form.names}


def _town(form: Form) -> dict[str, str]:
    """A town of the country whose form this is: the areas that it offers tell which."""
    areas = set(form.choices.get("country_area", ()))
    for town in TOWNS.values():
        area = town.get("country_area")
        if area is not None and area in areas:
            return town
    return TOWNS["DE"]


def made_up_iban(number: int) -> str:
    """One whose check digits are right, of an account that is made up."""
    account = f"{GERMAN_BANK}{number:010d}"
    check = 98 - int(f"{account}131400") % 97
    return f"DE{check:02d}{account}"
