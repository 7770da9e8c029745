"""The project's own providers, run for a test as what they are: processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from recalldesk.demo.providers.faults import Fault
from recalldesk.demo.providers.ledger import Line, lines_of

KEY = "made-up-key-0123456789"


@dataclass
class MadeUp:
    """One that runs. `address` is that of its interface."""

    address: str
    ledger: Path
    process: subprocess.Popen[str]
    root: str

    def have(self, *faults: Fault) -> None:
        """The next requests have these faults."""
        self.tell("faults", faults=[each.value for each in faults])

    def tell(self, order: str, **body: Any) -> None:
        """Has it do something."""
        requests.post(f"{self.root}/made-up/{order}", json=body, timeout=20).raise_for_status()

    def lines(self, effect: str) -> list[Line]:
        """Its effects of one kind."""
        return [line for line in lines_of(self.ledger) if line["effect"] == effect]


@contextmanager
def made_up(provider: str, folder: Path, *more: str, base: str = "") -> Iterator[MadeUp]:
    """Runs one, with a ledger in the folder, until the context ends. `base`: of its addresses."""
    ledger = folder / f"{provider}.jsonl"
    command = [sys.executable, "-m", "recalldesk.demo.providers", provider]
    command += ["--ledger", str(ledger), "--key", KEY, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            root = process.stdout.readline().rsplit(" ", 1)[-1].strip()
            yield MadeUp(root + base, ledger, process, root)
        finally:
            process.kill()
