"""A made-up bank: it pays what payment files say, and reports: ISO 20022 for ISO 20022, NACHA
returns for NACHA, a table for a table.

`python -m recalldesk.demo.providers.bank FOLDER --ledger FILE`
"""

import argparse
import csv
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.providers.papers import Line, Trays, draws, work_through

PAUSE = 0.2
REPORT = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
NO_SUCH_ACCOUNT = {"iso": "AC04", "nacha": "R03"}
RECORD = 94


@dataclass(frozen=True)
class Bank:
    """`refused`: the share of accounts that it does not know."""

    trays: Trays
    ledger: Path
    seed: int = 0
    refused: float = 0.0

    def work(self) -> int:
        """Pays what lies in the tray; how many files."""
        return work_through(self.trays, self.ledger, "payment", paid, self._report)

    def _report(self, path: Path, folder: Path) -> Path | None:
        write = REPORTS[path.suffix]
        told = folder / f"report-{path.stem}{path.suffix}"
        refused = {mark for mark, _ in paid(path) if draws(mark, self.seed, self.refused)}
        return write(path, told, refused)


def paid(path: Path) -> Iterator[Line]:
    """The lines of a payment file."""
    yield from READERS[path.suffix](path)


def _of_iso(path: Path) -> Iterator[Line]:
    for transfer in ET.parse(path).iterfind(".//{*}CdtTrfTxInf"):  # noqa: S314 - our own file
        mark = transfer.findtext("{*}PmtId/{*}EndToEndId", "")
        yield mark, transfer.findtext("{*}Amt/{*}InstdAmt", "")


def _of_nacha(path: Path) -> Iterator[Line]:
    for record in path.read_text("ascii").splitlines():
        if record.startswith("6"):
            yield record[39:54].strip(), f"{int(record[29:39]) / 100:.2f}"


def _of_table(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["Line"], row["Amount"]


def _iso_report(path: Path, told: Path, refused: set[str]) -> Path:
    document = ET.Element("Document", {"xmlns": REPORT})
    report = ET.SubElement(document, "CstmrPmtStsRpt")
    message = ET.parse(path).findtext(".//{*}MsgId", "")  # noqa: S314 - our own file
    of_group = ET.SubElement(report, "OrgnlGrpInfAndSts")
    ET.SubElement(of_group, "OrgnlMsgId").text = message
    payment = ET.SubElement(report, "OrgnlPmtInfAndSts")
    for mark, amount in _of_iso(path):
        transfer = ET.SubElement(payment, "TxInfAndSts")
        ET.SubElement(transfer, "OrgnlEndToEndId").text = mark
        ET.SubElement(transfer, "TxSts").text = "RJCT" if mark in refused else "ACSC"
        if mark in refused:
            reason = ET.SubElement(ET.SubElement(transfer, "StsRsnInf"), "Rsn")
            ET.SubElement(reason, "Cd").text = NO_SUCH_ACCOUNT["iso"]
        original = ET.SubElement(ET.SubElement(transfer, "OrgnlTxRef"), "Amt")
        ET.SubElement(original, "InstdAmt", {"Ccy": "EUR"}).text = amount
    ET.ElementTree(document).write(told, encoding="utf-8", xml_declaration=True)
    return told


def _nacha_returns(path: Path, told: Path, refused: set[str]) -> Path | None:
    """The returns alone: a bank says nothing of what went well."""
    if not refused:
        return None
    records = path.read_text("ascii").splitlines()
    lines = [records[0], records[1]]
    for record in records:
        if record.startswith("6") and record[39:54].strip() in refused:
            trace = record[79:94]
            lines.append(f"621{record[3:78]}1{trace}")
            addenda = f"799{NO_SUCH_ACCOUNT['nacha']}{trace}{'':6}{record[3:11]}"
            lines.append(f"{addenda:<79}{trace}")
    lines += ["8".ljust(RECORD), "9".ljust(RECORD)]
    told.write_text("\n".join(lines) + "\n", "ascii")
    return told


def _table_report(path: Path, told: Path, refused: set[str]) -> Path:
    with told.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("Line", "Status", "Amount"))
        for mark, amount in _of_table(path):
            rows.writerow((mark, "returned" if mark in refused else "paid", amount))
    return told


READERS: dict[str, Callable[[Path], Iterator[Line]]] = {
    ".xml": _of_iso,
    ".ach": _of_nacha,
    ".csv": _of_table,
}
REPORTS: dict[str, Callable[[Path, Path, set[str]], Path | None]] = {
    ".xml": _iso_report,
    ".ach": _nacha_returns,
    ".csv": _table_report,
}


def main() -> None:
    """Works until it is ended, or once."""
    parser = argparse.ArgumentParser(prog="python -m recalldesk.demo.providers.bank")
    parser.add_argument("folder", type=Path, help="Its trays: incoming, done, outgoing.")
    parser.add_argument("--ledger", type=Path, required=True, help="Its payments, a line each.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--refused", type=float, default=0.0, help="The share it does not know.")
    parser.add_argument("--once", action="store_true", help="Ends when the tray is empty.")
    given = parser.parse_args()
    bank = Bank(Trays.below(given.folder), given.ledger, given.seed, given.refused)
    print("made-up bank works", flush=True)
    while bank.work() or not given.once:
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
