"""Transfers to US accounts as a NACHA file of PPD credits.

Guarantees: each record has 94 characters, and there are a multiple of ten; counts, entry hash and
sum are those of the lines; each line bears its mark as the individual's id.
"""

from collections.abc import Sequence
from decimal import Decimal

from recalldesk.foundation.working_days import add_working_days
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.providers.refund.account import FirmAccount
from recalldesk.remedies.providers.refund.plain_letters import ascii_only

RECORD = 94
BLOCK = 10
MODIFIERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""Tell the files of one day apart."""
CREDITS_ONLY = "220"
CHECKING_CREDIT = "22"
HASH_DIGITS = 10


def transfers_as_nacha(head: Head, entries: Sequence[Entry], account: FirmAccount) -> bytes:
    """The file, in ASCII."""
    hashed = sum(int(_routing(entry)[:8]) for entry in entries) % 10**HASH_DIGITS
    total = _cents(head.total, 12)
    records = [
        _file_header(head, account),
        _batch_header(head, account),
        *(_entry(entry, account, number) for number, entry in enumerate(entries, 1)),
        f"8{CREDITS_ONLY}{len(entries):06}{hashed:010}{0:012}{total}"
        f"{account.us_company:<10}{'':19}{'':6}{account.us_routing[:8]}{1:07}",
    ]
    blocks = -(-(len(records) + 1) // BLOCK)
    records.append(f"9{1:06}{blocks:06}{len(entries):08}{hashed:010}{0:012}{total}{'':39}")
    records += ["9" * RECORD] * (blocks * BLOCK - len(records))
    return ("\r\n".join(records) + "\r\n").encode("ascii")


def _file_header(head: Head, account: FirmAccount) -> str:
    modifier = MODIFIERS[head.number % len(MODIFIERS)]
    return (
        f"101 {account.us_routing}{account.us_company:>10}{head.at:%y%m%d%H%M}{modifier}"
        f"094101{_text(account.us_bank, 23)}{_text(account.holder, 23)}{_text(str(head.number), 8)}"
    )


def _batch_header(head: Head, account: FirmAccount) -> str:
    pays_on = add_working_days(head.at.date(), 1)
    return (
        f"5{CREDITS_ONLY}{_text(account.holder, 16)}{'':20}{account.us_company:<10}PPD"
        f"{'REFUND':<10}{head.at:%y%m%d}{pays_on:%y%m%d}{'':3}1{account.us_routing[:8]}{1:07}"
    )


def _entry(entry: Entry, account: FirmAccount, number: int) -> str:
    payee = entry.wanted.recipient.payee
    return (
        f"6{CHECKING_CREDIT}{_routing(entry)}{payee['account_number']:<17}"
        f"{_cents(entry.amount, 10)}{entry.mark:<15}{_text(payee['account_holder'], 22)}"
        f"  0{account.us_routing[:8]}{number:07}"
    )


def _routing(entry: Entry) -> str:
    return str(entry.wanted.recipient.payee["routing_number"])


def _text(text: str, width: int) -> str:
    return f"{ascii_only(text).upper()[:width]:<{width}}"


def _cents(amount: Decimal, width: int) -> str:
    """Raises OverflowError for what the record has no room for."""
    text = f"{int(amount * 100):0{width}}"
    if len(text) > width:
        raise OverflowError("the amount has no room in a NACHA record")
    return text
