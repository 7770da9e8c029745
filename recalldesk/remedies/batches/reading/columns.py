"""A row of a table, by the names of its columns: what a warehouse or a bank says of a line."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from recalldesk.remedies.batches.errors import FileNotRead
from recalldesk.remedies.batches.marks import read_mark
from recalldesk.remedies.batches.reading.said import Said
from recalldesk.remedies.batches.standing import OUT_OF_STOCK
from recalldesk.remedies.batches.states import LineState, ReadReason

NAMES: Mapping[str, tuple[str, ...]] = {
    "mark": ("line", "id", "ourid", "lineid", "mark", "endtoendid", "shipment", "shipmentid"),
    "status": ("status", "state"),
    "at": ("shippedat", "shipped", "date", "day", "at", "paidat", "on"),
    "carrier": ("carrier",),
    "tracking": ("tracking", "trackingnumber", "trackingcode"),
    "serial": ("serial", "serialnumber"),
    "lot": ("batch", "lot", "batchnumber", "lotnumber"),
    "amount": ("amount",),
}
"""The headings that are known, in small letters, without what is no letter."""
STATUSES: Mapping[str, LineState] = {
    "sent": LineState.SENT,
    "shipped": LineState.SENT,
    "accepted": LineState.SENT,
    "delivered": LineState.DONE,
    "paid": LineState.DONE,
    "confirmed": LineState.DONE,
    "executed": LineState.DONE,
    "cashed": LineState.DONE,
    "returned": LineState.RETURNED,
    "refused account": LineState.REFUSED_ACCOUNT,
    "unknown account": LineState.REFUSED_ACCOUNT,
    "refused": LineState.REFUSED,
    "rejected": LineState.REFUSED,
    **dict.fromkeys(OUT_OF_STOCK, LineState.REFUSED),
}
DAYS = ("%d.%m.%Y", "%Y%m%d")
MARK = "'"
"""Spreadsheets put it before what is to stay a text."""
LONGEST = 60
SHIPMENT = re.compile(r"shp_\w{1,60}", re.ASCII)
"""EasyPost's name of a parcel. Our own id, a UUID, is its `reference` there."""


def columns_in(headings: Sequence[str]) -> Mapping[str, int]:
    """The places of the known columns, by our names. Raises FileNotRead without one of ours."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        bare = "".join(each for each in heading.casefold() if each.isalnum())
        for name, known in NAMES.items():
            if bare in known:
                if name in found:
                    raise FileNotRead(f"Two columns are named for {name}.", "Leave one of them.")
                found[name] = place
    if "mark" not in found or not found.keys() & {"status", "tracking", "serial", "lot"}:
        raise FileNotRead(
            "The first line does not name the columns.",
            "It needs `Line` (our name of the line), and `Status` or `Tracking`; also known are "
            "Shipped at, Carrier, Serial, Batch and Amount. Of parcels by EasyPost: `Shipment`, "
            "and Serial or Batch.",
        )
    return found


def said_in(cells: Sequence[str], columns: Mapping[str, int]) -> Said | ReadReason:
    """What a row says, or why it cannot be taken."""
    by_name = {name: cells[place].strip().removeprefix(MARK) for name, place in columns.items()}
    mark = read_mark(by_name["mark"])
    if not mark:
        return _of_shipment(by_name)
    word = " ".join(by_name.get("status", "").casefold().replace("_", " ").split())
    state = STATUSES.get(word) if word else LineState.SENT
    if state is None or (not word and not by_name.get("tracking")):
        return ReadReason.UNKNOWN_STATUS
    try:
        amount = _amount(by_name.get("amount", ""))
    except InvalidOperation:
        return ReadReason.AMOUNT
    try:
        at = _moment(by_name.get("at", ""))
    except ValueError:
        return ReadReason.NO_TIME
    return Said(
        mark=mark,
        state=state,
        status=word or "shipped",
        at=at,
        carrier=by_name.get("carrier", "")[:LONGEST],
        tracking=by_name.get("tracking", "")[:LONGEST],
        serial=by_name.get("serial", "")[:LONGEST],
        lot=by_name.get("lot", "")[:LONGEST],
        amount=amount,
    )


def _of_shipment(by_name: Mapping[str, str]) -> Said | ReadReason:
    """What was in a parcel of a carrier's; where it is, the carrier says."""
    name = by_name["mark"]
    serial, lot = (by_name.get(each, "")[:LONGEST] for each in ("serial", "lot"))
    if not (SHIPMENT.fullmatch(name) or _is_our_id(name)) or not (serial or lot):
        return ReadReason.NO_MARK
    return Said("", LineState.SENT, serial=serial, lot=lot, shipment=name)


def _is_our_id(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name.lower()
    except ValueError:
        return False


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _moment(text: str) -> datetime | None:
    """A day or moment, in UTC where it names no zone. Raises ValueError."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        for form in DAYS:
            try:
                found = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added below
                break
            except ValueError:
                continue
        else:
            raise
    return found if found.tzinfo else found.replace(tzinfo=UTC)
