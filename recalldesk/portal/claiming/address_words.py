"""What the fields of an address are called, by what their country calls them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

CHOOSE = gettext_lazy("Choose")
OPTIONAL = gettext_lazy("%(label)s (may be left out)")
EXAMPLE = gettext_lazy("For example %(example)s")

ADDRESS_LABELS: Mapping[str, Promise] = {
    "street_address": gettext_lazy("Street, house number, apartment"),
    "city": gettext_lazy("City"),
    "city_area": gettext_lazy("Part of the city"),
    "country_area": gettext_lazy("Region"),
    "postal_code": gettext_lazy("Postal code"),
    "area": gettext_lazy("Area"),
    "county": gettext_lazy("County"),
    "department": gettext_lazy("Department"),
    "district": gettext_lazy("District"),
    "do_si": gettext_lazy("Do or si"),
    "eircode": gettext_lazy("Eircode"),
    "emirate": gettext_lazy("Emirate"),
    "island": gettext_lazy("Island"),
    "neighborhood": gettext_lazy("Neighborhood"),
    "oblast": gettext_lazy("Oblast"),
    "parish": gettext_lazy("Parish"),
    "pin": gettext_lazy("PIN code"),
    "post_town": gettext_lazy("Town"),
    "postal": gettext_lazy("Postal code"),
    "prefecture": gettext_lazy("Prefecture"),
    "province": gettext_lazy("Province"),
    "state": gettext_lazy("State"),
    "suburb": gettext_lazy("Suburb"),
    "townland": gettext_lazy("Townland"),
    "village_township": gettext_lazy("Village or township"),
    "zip": gettext_lazy("ZIP code"),
}
