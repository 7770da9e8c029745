"""Where a made-up owner's remedy goes: an address of the country, an account that no bank has."""

from functools import lru_cache

from recalldesk.claims.addresses import AddressField, address_fields, normal_address
from recalldesk.claims.errors import FieldsRefused
from recalldesk.demo.browser import Form
from recalldesk.drill.owners import MadeUpOwner

STREET, TOWN = "1 Example Street", "Exampletown"
GERMAN_BANK, GERMANY = "12030000", "131400"
US_BANK = "021000021"


def details_of(form: Form, owner: MadeUpOwner, country: str) -> dict[str, str]:
    """What the form asks for, filled in."""
    filled = {**town_of(country), "street_address": owner.street, "account_holder": owner.name}
    ways = [each for each in form.choices.get("payee_kind", ()) if each]
    if ways:
        filled["payee_kind"] = ways[owner.number % len(ways)]
    filled["routing_number"], filled["account_number"] = US_BANK, f"9{owner.number:011d}"
    filled["iban"] = made_up_iban(owner.number)
    return {name: text for name, text in filled.items() if name in form.names}


@lru_cache
def town_of(country: str) -> dict[str, str]:
    """A made-up town as the country's addresses have it: with the postal code that is everybody's
    example, in the first area in which it is right."""
    fields = address_fields(country)
    areas = next((_codes(each) for each in fields if each.name == "country_area"), ()) or ("",)
    tried: dict[str, str] = {}
    for area in areas:
        tried = {each.name: _filled(each, area) for each in fields}
        try:
            normal_address(country, tried)
        except FieldsRefused:
            continue
        break
    return {name: text for name, text in tried.items() if text}


def _codes(field: AddressField) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code, _ in field.choices))


def _filled(field: AddressField, area: str) -> str:
    if field.name == "country_area":
        return area
    if field.name == "postal_code":
        return field.example
    if field.choices:
        return field.choices[0][0]
    return STREET if field.name == "street_address" else TOWN if field.is_required else ""


def made_up_iban(number: int) -> str:
    """One whose check digits are right, of an account that is made up."""
    account = f"{GERMAN_BANK}{number:010d}"
    check = 98 - int(f"{account}{GERMANY}") % 97
    return f"DE{check:02d}{account}"
