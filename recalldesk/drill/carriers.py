"""What becomes of cards, parcels and files in a drill: made-up services are told what happened, a
warehouse and a bank get their files and answer.

Guarantee: what happens follows from the services' own ledgers and trays, on the drill's clock.
"""

import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.demo.providers.bank import Bank
from recalldesk.demo.providers.ledger import lines_of
from recalldesk.demo.providers.papers import Trays
from recalldesk.demo.providers.warehouse import Warehouse
from recalldesk.drill.programs import Programs
from recalldesk.foundation import clock
from recalldesk.remedies.batches.errors import FileNotReady
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.reading.taking import take_file
from recalldesk.remedies.batches.reads import FileListed, files_listed
from recalldesk.remedies.batches.standing import SILENCE_PAYS
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState
from recalldesk.remedies.models import BatchLine
from recalldesk.remedies.states import RemedyState

CARD_TAKES, PARCEL_TAKES = timedelta(hours=1), timedelta(days=3)
A_MOMENT = timedelta(minutes=1)
PICK_LIST = BatchKind.PICK_LIST.label
FORMS = {BatchKind.IBAN.label: "xml", BatchKind.US_ACCOUNT.label: "ach"}
"""The form of a file for the bank; all others are tables."""


class Carriers:
    """Those of one sandbox. `warehouse`, `bank`: their ledgers lie beside the services'."""

    def __init__(self, programs: Programs, folder: Path, by: Staff) -> None:
        self._programs, self._folder, self._by = programs, folder, by
        self._since: dict[str, datetime] = {}
        self._warehouse = Trays.below(folder / "warehouse")
        self._bank = Trays.below(folder / "bank")

    def go_on(self) -> int:
        """Delivers what is due; how much."""
        return self._cards() + self._parcels() + self._files()

    def next_at(self) -> datetime | None:
        """When the next delivery is due, or a bank's silence says that it paid."""
        return min((*self._since.values(), *_silences()), default=None)

    def _cards(self) -> int:
        mailed: dict[str, str] = {}
        for line in lines_of(self._folder / "tremendous.jsonl"):
            if line["effect"] == "order":
                mailed[line["order"]] = line["external_id"]
            elif line["effect"] in ("delivery", "cancel"):
                self._since.pop(mailed.pop(line["order"], ""), None)
        told = (("tremendous", "deliver", {"external_id": name}) for name in mailed.values())
        return sum(self._told(name, CARD_TAKES, each) for name, each in _named(told, "external_id"))

    def _parcels(self) -> int:
        bought: dict[str, str] = {}
        for line in lines_of(self._folder / "easypost.jsonl"):
            if line["effect"] == "label":
                bought[line["shipment"]] = line["reference"]
            elif line["effect"] in ("track", "refund"):
                self._since.pop(bought.pop(line["shipment"], ""), None)
        status = {"status": "delivered"}
        told = (("easypost", "track", {"reference": each} | status) for each in bought.values())
        return sum(self._told(name, PARCEL_TAKES, each) for name, each in _named(told, "reference"))

    def _told(self, name: str, takes: timedelta, told: tuple[str, str, dict[str, str]]) -> bool:
        """Once its time has come, tells the service that it arrived."""
        due = self._since.setdefault(name, clock.now() + takes)
        if due > clock.now():
            return False
        provider, order, body = told
        address = f"{self._programs.address_of(provider)}/made-up/{order}"
        head = {"Content-Type": "application/json"}
        request = urllib.request.Request(address, json.dumps(body).encode(), head)  # noqa: S310 - ours
        with suppress(OSError), urllib.request.urlopen(request, timeout=5):  # noqa: S310 - as above
            self._since.pop(name, None)
            return True
        return False

    def _files(self) -> int:
        """Freezes what collected, carries it, has it done, and reads what comes back."""
        done = 0
        for file in files_listed(by=self._by):
            if file.state == BatchState.OPEN:
                if file.lines:
                    freeze(number=file.number, by=self._by)
            else:
                done += self._carried(file)
        done += Warehouse(self._warehouse, self._folder / "warehouse.jsonl").work()
        done += Bank(self._bank, self._folder / "bank.jsonl").work()
        for trays in (self._warehouse, self._bank):
            read = trays.outgoing.parent / "read"
            read.mkdir(exist_ok=True)
            for path in sorted(each for each in trays.outgoing.iterdir() if each.is_file()):
                done += take_file(path, by=self._by).is_new
                os.replace(path, read / path.name)
        return done

    def _carried(self, file: FileListed) -> bool:
        trays = self._warehouse if file.kind == PICK_LIST else self._bank
        there = (*trays.incoming.iterdir(), *trays.done.iterdir())
        if any(file.reference in each.name for each in there):
            return False
        with suppress(FileNotReady):
            handed = hand_out(number=file.number, form=FORMS.get(file.kind, "csv"), by=self._by)
            draft = self._folder / f"carried-{handed.name}"
            draft.write_bytes(handed.content)
            os.replace(draft, trays.incoming / handed.name)
            return True
        return False


def _silences() -> Iterator[datetime]:
    """A US bank says nothing of what went well: from these moments on a transfer counts as paid."""
    waiting = BatchLine.objects.filter(
        batch__kind=BatchKind.US_ACCOUNT,
        state__in=(LineState.LISTED, LineState.SENT),
        order__remedy__state__in=(RemedyState.ORDERED, RemedyState.SENT),
    )
    for at in waiting.values_list("batch__handed_out_at", flat=True).distinct():
        if at is not None:
            yield at + SILENCE_PAYS + A_MOMENT


def _named(
    told: Iterator[tuple[str, str, dict[str, str]]], key: str
) -> Iterator[tuple[str, tuple[str, str, dict[str, str]]]]:
    for each in list(told):
        yield each[2][key], each
