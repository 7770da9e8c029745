"""What is asked for each way in which a refund can go."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from recalldesk.claims.payees import PayeeKind

_DIGITS = {"inputmode": "numeric", "dir": "ltr"}
_HOLDER = {
    "label": gettext_lazy("Name on the account"),
    "autocomplete": "name",
}

PAYEE_FIELDS: Mapping[PayeeKind, Mapping[str, Any]] = {
    PayeeKind.US_ACCOUNT: {
        "account_holder": _HOLDER,
        "routing_number": {
            "label": gettext_lazy("Routing number"),
            "hint": gettext_lazy("Nine digits, at the bottom left of a check."),
            "attributes": _DIGITS,
        },
        "account_number": {
            "label": gettext_lazy("Account number"),
            "hint": gettext_lazy("Of a checking account. Never a card number."),
            "attributes": _DIGITS,
        },
    },
    PayeeKind.IBAN: {
        "account_holder": _HOLDER,
        "iban": {
            "label": gettext_lazy("IBAN"),
            "hint": gettext_lazy("Spaces are fine. Never a card number."),
            "attributes": {"dir": "ltr", "autocapitalize": "characters", "spellcheck": "false"},
        },
    },
    PayeeKind.CHECK: {},
}
