"""ISO 20022 pain.002: what a bank says of transfers, or of a whole file of them.

Guarantee: an account that does not exist is told apart from what a person must look at, such as a
payment that the bank takes for one made already.
"""

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from recalldesk.remedies.batches.errors import FileNotRead
from recalldesk.remedies.batches.marks import read_mark
from recalldesk.remedies.batches.reading.said import CameBack, Row, Said, SaidOfFile
from recalldesk.remedies.batches.states import LineState, ReadReason

LARGEST = 64 << 20
TRANSACTION = re.compile(rb"<(?:[\w.-]+:)?TxInfAndSts[\s>/]")
STATES = {
    "ACCC": LineState.DONE,
    "ACSC": LineState.DONE,
    "ACCP": LineState.SENT,
    "ACFC": LineState.SENT,
    "ACSP": LineState.SENT,
    "ACTC": LineState.SENT,
    "ACWC": LineState.SENT,
    "PDNG": LineState.LISTED,
    "RCVD": LineState.LISTED,
    "RJCT": LineState.REFUSED,
}
REJECTED = "RJCT"
OF_THE_ACCOUNT = frozenset(
    ("AC01", "AC03", "AC04", "AC06", "AC07", "AC13", "BE01", "BE06", "MD07", "NOAS")
)


def status_report(path: Path) -> CameBack:
    """A pain.002 of any version. Raises FileNotRead."""
    content = path.read_bytes()
    if len(content) > LARGEST or b"<!DOCTYPE" in content:
        raise FileNotRead("The file is no status report of a bank.", "Fetch it again.")
    try:
        root = ET.fromstring(content)  # noqa: S314 - no DTD, so that no entity is expanded
    except ET.ParseError as error:
        raise FileNotRead("The file is no whole XML.", "Fetch it from the bank again.") from error
    report = next((each for each in root.iter() if _name(each) == "CstmrPmtStsRpt"), None)
    if report is None:
        raise FileNotRead("The file is no pain.002.", "Give the bank's status report.")
    rows = list(_transactions(report)) or list(_whole(report))
    lines = len(TRANSACTION.findall(content)) or len(rows)
    return CameBack(hashlib.sha256(content).hexdigest(), lines, 0, 0, rows)


def _transactions(report: ET.Element) -> Iterator[Row]:
    found = (each for each in report.iter() if _name(each) == "TxInfAndSts")
    for number, each in enumerate(found, 1):
        yield Row(number, _said(each))


def _said(transaction: ET.Element) -> Said | ReadReason:
    mark = read_mark(_text(transaction, "OrgnlEndToEndId"))
    if not mark:
        return ReadReason.NO_MARK
    status, reason = _text(transaction, "TxSts"), _text(transaction, "Rsn", "Cd")
    state = STATES.get(status)
    if state is None:
        return ReadReason.UNKNOWN_STATUS
    if status == REJECTED and reason in OF_THE_ACCOUNT:
        state = LineState.REFUSED_ACCOUNT
    text = _text(transaction, "InstdAmt")
    try:
        amount = Decimal(text) if text else None
    except InvalidOperation:
        return ReadReason.AMOUNT
    return Said(mark, state, f"{status} {reason}".strip(), _moment(transaction), amount=amount)


def _whole(report: ET.Element) -> Iterator[Row]:
    """What is said of a file, where nothing is said of its transfers."""
    status = _text(report, "GrpSts") or _text(report, "PmtInfSts")
    state, reason = STATES.get(status), _text(report, "Rsn", "Cd")
    reference = _text(report, "OrgnlMsgId")
    if state is None:
        yield Row(1, ReadReason.UNKNOWN_STATUS)
    else:
        said = SaidOfFile(reference, state, f"{status} {reason}".strip(), _moment(report))
        yield Row(1, said)


def _moment(parent: ET.Element) -> datetime | None:
    text = _text(parent, "AccptncDtTm")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(parent: ET.Element, *names: str) -> str:
    """The text of the first element of that name, below the first of the name before."""
    here: ET.Element | None = parent
    for name in names:
        here = next((each for each in here.iter() if _name(each) == name), None) if here else None
        if here is None:
            return ""
    return (here.text or "").strip() if here is not None else ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
