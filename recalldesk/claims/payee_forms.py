"""Where money goes, in one form.

Guarantee: two forms are the same only where the money comes to the same account, or a check to
the same name at the same address.
"""

from collections.abc import Mapping

from recalldesk.claims.payees import PayeeKind
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.words import name_words


def payee_form(payee: Mapping[str, str], *, name: str, address: Mapping[str, str]) -> str:
    """The form of a payee as `normal_payee` keeps it; empty where nothing says where money goes."""
    kind = payee.get("kind", "")
    if kind == PayeeKind.IBAN:
        return _joined(kind, "".join(payee.get("iban", "").split()).upper())
    if kind == PayeeKind.US_ACCOUNT:
        return _joined(kind, payee.get("routing_number", ""), payee.get("account_number", ""))
    if kind == PayeeKind.CHECK:
        return _joined(kind, " ".join(name_words(name)), address_form(address).flat)
    return ""


def _joined(kind: str, *parts: str) -> str:
    return ":".join((kind, *parts)) if all(parts) else ""
