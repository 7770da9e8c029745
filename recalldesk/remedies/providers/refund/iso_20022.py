"""Transfers to IBANs as ISO 20022 pain.001.001.09.

Guarantees: the number of transfers and the control sum are those of the lines; each line bears its
mark as the end-to-end id; it keeps to the published schema (a test holds it against that).
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from recalldesk.foundation.working_days import add_working_days
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.providers.refund.account import FirmAccount
from recalldesk.remedies.providers.refund.plain_letters import plain

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_NAME = 70
LONGEST_TEXT = 140
EURO = "EUR"
NOT_PROVIDED = "NOTPROVIDED"


def transfers_as_xml(head: Head, entries: Sequence[Entry], account: FirmAccount) -> bytes:
    """The file, in UTF-8."""
    document = ET.Element("Document", {"xmlns": NAMESPACE})
    message = ET.SubElement(document, "CstmrCdtTrfInitn")
    header = ET.SubElement(message, "GrpHdr")
    _add(header, "MsgId", head.reference)
    _add(header, "CreDtTm", head.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _sums(header, head, entries)
    _add(header, "InitgPty/Nm", _name(account.holder))
    payment = _payment(message, head, entries, account)
    for entry in entries:
        _transfer(payment, head, entry)
    ET.indent(document)
    return bytes(ET.tostring(document, encoding="utf-8", xml_declaration=True)) + b"\n"


def _payment(
    message: ET.Element, head: Head, entries: Sequence[Entry], account: FirmAccount
) -> ET.Element:
    payment = ET.SubElement(message, "PmtInf")
    _add(payment, "PmtInfId", head.reference)
    _add(payment, "PmtMtd", "TRF")
    _add(payment, "BtchBookg", "true")
    _sums(payment, head, entries)
    if head.currency == EURO:
        _add(payment, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _add(payment, "ReqdExctnDt/Dt", add_working_days(head.at.date(), 0).isoformat())
    _add(payment, "Dbtr/Nm", _name(account.holder))
    _add(payment, "DbtrAcct/Id/IBAN", account.iban)
    if account.bic:
        _add(payment, "DbtrAgt/FinInstnId/BICFI", account.bic)
    else:
        _add(payment, "DbtrAgt/FinInstnId/Othr/Id", NOT_PROVIDED)
    _add(payment, "ChrgBr", "SLEV")
    return payment


def _transfer(payment: ET.Element, head: Head, entry: Entry) -> None:
    payee = entry.wanted.recipient.payee
    transfer = ET.SubElement(payment, "CdtTrfTxInf")
    _add(transfer, "PmtId/EndToEndId", entry.mark)
    amount = ET.SubElement(ET.SubElement(transfer, "Amt"), "InstdAmt", {"Ccy": head.currency})
    amount.text = f"{entry.amount:.2f}"
    _add(transfer, "Cdtr/Nm", _name(payee["account_holder"]))
    _add(transfer, "CdtrAcct/Id/IBAN", payee["iban"])
    _add(transfer, "RmtInf/Ustrd", plain(f"Refund {entry.wanted.recall} {entry.mark}"))


def _sums(parent: ET.Element, head: Head, entries: Sequence[Entry]) -> None:
    _add(parent, "NbOfTxs", str(len(entries)))
    _add(parent, "CtrlSum", f"{head.total:.2f}")


def _name(text: str) -> str:
    return plain(text)[:LONGEST_NAME].strip() or NOT_PROVIDED


def _add(parent: ET.Element, path: str, text: str) -> None:
    """The elements of a path, one within the other, the last with the text."""
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = text[:LONGEST_TEXT]
