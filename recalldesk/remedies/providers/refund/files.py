"""The files of each kind of refund, in the forms that the firm's bank takes.

Guarantee: a transfer stands in one form only, so that a bank that reads all it is given pays once.
"""

from collections.abc import Iterator, Sequence

from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.batches.states import FileForm
from recalldesk.remedies.providers.refund.account import firm_account
from recalldesk.remedies.providers.refund.checks import checks_as_pdf
from recalldesk.remedies.providers.refund.in_words import in_words
from recalldesk.remedies.providers.refund.iso_20022 import transfers_as_xml
from recalldesk.remedies.providers.refund.nacha import transfers_as_nacha

ADDRESS_LINES = 6
TRANSFER = (
    Heading("Line"),
    Heading("Account holder"),
    Heading("IBAN"),
    Heading("Routing number", is_exact=True),
    Heading("Account number", is_exact=True),
    Heading("Amount"),
    Heading("Currency"),
    Heading("Text"),
    Heading("File"),
)
CHECK = (
    Heading("Line"),
    Heading("Payee"),
    *(Heading(f"Address {number}") for number in range(1, ADDRESS_LINES + 1)),
    Heading("Country"),
    Heading("Date"),
    Heading("Amount"),
    Heading("Currency"),
    Heading("In words"),
    Heading("Text"),
    Heading("File"),
)


def iban_files(head: Head, entries: Sequence[Entry]) -> dict[FileForm, bytes]:
    """ISO 20022, or a table where the bank takes that."""
    account = firm_account()
    if account.pays_by_csv:
        return {FileForm.CSV: _table(head, entries)}
    return {FileForm.XML: transfers_as_xml(head, entries, account)}


def us_account_files(head: Head, entries: Sequence[Entry]) -> dict[FileForm, bytes]:
    """NACHA, or a table where the bank takes that."""
    account = firm_account()
    if account.pays_by_csv:
        return {FileForm.CSV: _table(head, entries)}
    return {FileForm.ACH: transfers_as_nacha(head, entries, account)}


def check_files(head: Head, entries: Sequence[Entry]) -> dict[FileForm, bytes]:
    """The checks to be printed, and the list of them for whoever counts."""
    return {
        FileForm.PDF: checks_as_pdf(head, entries, firm_account()),
        FileForm.CSV: b"".join(csv_parts(CHECK, _checks(head, entries))),
    }


def _table(head: Head, entries: Sequence[Entry]) -> bytes:
    return b"".join(csv_parts(TRANSFER, _transfers(head, entries)))


def _transfers(head: Head, entries: Sequence[Entry]) -> Iterator[list[Cell]]:
    for entry in entries:
        payee = entry.wanted.recipient.payee
        yield [
            entry.mark,
            payee["account_holder"],
            payee.get("iban", ""),
            payee.get("routing_number", ""),
            payee.get("account_number", ""),
            f"{entry.amount:.2f}",
            head.currency,
            f"Refund {entry.wanted.recall} {entry.mark}",
            head.reference,
        ]


def _checks(head: Head, entries: Sequence[Entry]) -> Iterator[list[Cell]]:
    for entry in entries:
        recipient = entry.wanted.recipient
        lines = recipient.address_lines
        cells = [*lines[: ADDRESS_LINES - 1], ", ".join(lines[ADDRESS_LINES - 1 :])]
        yield [
            entry.mark,
            recipient.name,
            *(cells + [""] * (ADDRESS_LINES - len(cells))),
            recipient.address.get("country_code", ""),
            f"{head.at:%Y-%m-%d}",
            f"{entry.amount:.2f}",
            head.currency,
            in_words(entry.amount),
            f"Refund {entry.wanted.recall} {entry.mark}",
            head.reference,
        ]
