"""The files of a pick list: CSV and XLSX, a parcel a line, and the labels as PDF.

Guarantee: what people wrote is never a formula, and stands as they wrote it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recalldesk.foundation.sheets import Cell, Heading, csv_parts, xlsx_parts
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.batches.marks import spaced
from recalldesk.remedies.batches.states import FileForm
from recalldesk.remedies.providers.dispatch.labels import labels_as_pdf

ADDRESS_LINES = 6
HEADINGS = (
    Heading("Line"),
    Heading("Article", is_exact=True),
    Heading("What"),
    Heading("Quantity"),
    Heading("Name"),
    *(Heading(f"Address {number}") for number in range(1, ADDRESS_LINES + 1)),
    Heading("Country"),
    Heading("Phone", is_exact=True),
    Heading("E-mail"),
    Heading("Length mm"),
    Heading("Width mm"),
    Heading("Height mm"),
    Heading("Weight g"),
    Heading("UN number"),
    Heading("Packing instruction"),
    Heading("Ground only"),
    Heading("Declaration"),
    Heading("Recall"),
    Heading("File"),
)
SIZES = ("length_mm", "width_mm", "height_mm", "weight_g")


def pick_list_files(head: Head, entries: Sequence[Entry]) -> dict[FileForm, bytes]:
    """All forms of it."""
    return {
        FileForm.CSV: b"".join(csv_parts(HEADINGS, _rows(head, entries))),
        FileForm.XLSX: b"".join(xlsx_parts(HEADINGS, _rows(head, entries))),
        FileForm.PDF: labels_as_pdf(head, entries),
    }


def article_of(options: Mapping[str, Any]) -> str:
    """The warehouse's number of what is sent, as the recall says."""
    return str(options.get("article") or "")


def _rows(head: Head, entries: Sequence[Entry]) -> Iterator[list[Cell]]:
    for entry in entries:
        wanted, recipient = entry.wanted, entry.wanted.recipient
        parcel = wanted.options.get("parcel") or {}
        yield [
            spaced(entry.mark),
            article_of(wanted.options),
            wanted.title,
            1,
            recipient.name,
            *_address_cells(recipient.address_lines),
            recipient.address.get("country_code", ""),
            recipient.phone,
            recipient.email,
            *(parcel.get(size, "") for size in SIZES),
            *_dangerous_goods(parcel.get("dangerous_goods") or {}),
            wanted.recall,
            head.reference,
        ]


def _address_cells(lines: Sequence[str]) -> list[str]:
    """One a column; what is over stands in the last one."""
    first, over = list(lines[: ADDRESS_LINES - 1]), lines[ADDRESS_LINES - 1 :]
    cells = [*first, ", ".join(over)]
    return cells + [""] * (ADDRESS_LINES - len(cells))


def _dangerous_goods(goods: Mapping[str, Any]) -> list[str]:
    """How the parcel is declared; empty where nothing dangerous is in it."""
    if not goods:
        return [""] * 4
    ground = "yes" if goods.get("ground_only") else "no"
    return [goods["un_number"], goods["packing_instruction"], ground, goods.get("declaration", "")]
