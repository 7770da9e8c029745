"""Where a refund goes: a bank account, or a check by post.

Guarantee: an account number that is kept passes the checks of its own digits.
"""

from collections.abc import Mapping
from enum import StrEnum

from stdnum import iban, numdb
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.us import rtn

from recalldesk.claims.contacts import LONGEST_NAME
from recalldesk.claims.errors import FieldProblem, FieldsRefused

LONGEST_ACCOUNT = 17


class PayeeKind(StrEnum):
    """The ways in which money can go."""

    IBAN = "iban"
    US_ACCOUNT = "us_account"
    CHECK = "check"


def payee_kinds(country: str) -> tuple[PayeeKind, ...]:
    """The ways that can be offered in a country, the best first."""
    if country == "US":
        return (PayeeKind.US_ACCOUNT, PayeeKind.CHECK)
    return (PayeeKind.IBAN,) if _has_ibans(country) else (PayeeKind.CHECK,)


def _has_ibans(country: str) -> bool:
    ((_, known),) = numdb.get("iban").info(country)[:1] or ((country, {}),)
    return bool(known)


def normal_payee(country: str, kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """What is kept of a payee, by field; a check needs only the address. Raises FieldsRefused."""
    kinds = payee_kinds(country)
    if kind not in kinds:
        raise FieldsRefused({"payee_kind": FieldProblem.MISSING})
    if kind == PayeeKind.CHECK:
        return {"kind": kind}
    holder = values.get("account_holder", "").strip()
    problems: dict[str, FieldProblem] = {}
    kept = {"kind": kind, "account_holder": holder}
    if not holder:
        problems["account_holder"] = FieldProblem.MISSING
    elif len(holder) > LONGEST_NAME:
        problems["account_holder"] = FieldProblem.TOO_LONG
    reads = _iban if kind == PayeeKind.IBAN else _us_account
    kept |= reads(values, problems)
    if problems:
        raise FieldsRefused(problems)
    return kept


def _iban(values: Mapping[str, str], problems: dict[str, FieldProblem]) -> dict[str, str]:
    if not values.get("iban", "").strip():
        problems["iban"] = FieldProblem.MISSING
        return {}
    try:
        return {"iban": iban.validate(values.get("iban", ""))}
    except NotANumber:
        problems["iban"] = FieldProblem.NOT_AN_IBAN
        return {}


def _us_account(values: Mapping[str, str], problems: dict[str, FieldProblem]) -> dict[str, str]:
    account = "".join(values.get("account_number", "").replace("-", "").split())
    if not account:
        problems["account_number"] = FieldProblem.MISSING
    elif not (account.isascii() and account.isdigit() and 4 <= len(account) <= LONGEST_ACCOUNT):
        problems["account_number"] = FieldProblem.NOT_AN_ACCOUNT
    if not values.get("routing_number", "").strip():
        problems["routing_number"] = FieldProblem.MISSING
        return {}
    try:
        routing = rtn.validate(values.get("routing_number", ""))
    except NotANumber:
        problems["routing_number"] = FieldProblem.NOT_A_ROUTING_NUMBER
        return {}
    return {"routing_number": routing, "account_number": account}
