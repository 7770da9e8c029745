"""Postal addresses in one form: to the flat, and to the house.

Guarantees: spelling, order and abbreviations do not matter, as far as the tables reach; two
addresses in which a number differs never have one form; a house's form is that of each of its
flats.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.foundation.normal_forms.abroad import read_abroad
from recalldesk.foundation.normal_forms.united_states import read_united_states
from recalldesk.foundation.normal_forms.words import WORD, plain

US_POSTAL_SERVICE = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})


@dataclass(frozen=True)
class AddressForm:
    """Texts to compare. Both are empty where there is no street to go by."""

    flat: str
    house: str


NOWHERE = AddressForm("", "")


def address_form(address: Mapping[str, str]) -> AddressForm:
    """The forms of an address as `normal_address` keeps it, by field."""
    country = address.get("country_code", "").upper()
    street = address.get("street_address", "")
    reads = read_united_states if country in US_POSTAL_SERVICE else read_abroad
    line = reads(street, country)
    if line is None:
        return NOWHERE
    house = f"{country} {_place(address, country)} {line.house}"
    return AddressForm(f"{house} / {line.flat}", house)


def _place(address: Mapping[str, str], country: str) -> str:
    """The postal code; where there is none, the town and what it is in."""
    code = "".join(WORD.findall(plain(address.get("postal_code", ""))))
    if code:
        return code[:5] if country in US_POSTAL_SERVICE else code
    fields = ("city_area", "city", "country_area")
    return ".".join("".join(WORD.findall(plain(address.get(name, "")))) for name in fields)
