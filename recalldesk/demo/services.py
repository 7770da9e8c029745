"""The made-up gift-card service and carrier beside the demo, each a process of its own.

Guarantees: they listen on 127.0.0.1 only, under keys drawn anew each time; they end with the demo,
however it ends; what they did stands in `providers` below the data folder; they go on from there.
"""

import secrets
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from recalldesk.foundation.problem import Problem

DELIVERED_AFTER = 6
"""Seconds from a label, or a card, to its arrival; a parcel leaves after half of them."""
SECONDS_TO_END = 5
FIRM: Mapping[str, str] = {
    "RECALLDESK_EASYPOST_SENDER": "adr_made_up_warehouse",
    "RECALLDESK_SENDER_LINES": "Made-up Warehouse | 1 Example Street | Springfield",
    "RECALLDESK_REFUND_HOLDER": "Made-up Firm",
    "RECALLDESK_REFUND_IBAN": "GB82WEST12345698765432",
    "RECALLDESK_REFUND_US_ROUTING": "123456780",
    "RECALLDESK_REFUND_US_COMPANY": "1000000000",
    "RECALLDESK_REFUND_US_BANK": "Made-up Bank",
    "RECALLDESK_REFUND_CHECKS": "1",
}
"""The made-up firm's settings: where parcels come from, and which account refunds are paid from."""


class ServiceNotStarted(Problem):
    """A made-up service said something else than where it listens."""


class MadeUpServices:
    """Both of them. `settings` is what the product's processes need to know of them.

    `delivered_after`: seconds; None: when they are told. `faults`: the share of requests that go
    wrong, by the seed.
    """

    def __init__(
        self,
        *,
        folder: Path,
        site: str,
        delivered_after: float | None = DELIVERED_AFTER,
        faults: float = 0,
        seed: int = 0,
    ) -> None:
        self._folder, self._site = folder, site
        self._delivered_after, self._faults, self._seed = delivered_after, faults, seed
        self._running = ExitStack()
        self.settings: dict[str, str] = {}

    def __enter__(self) -> "MadeUpServices":
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            card, parcel = _Secrets(), _Secrets()
            self.settings = {
                **FIRM,
                "RECALLDESK_TREMENDOUS_ADDRESS": self._started("tremendous", card) + "/api/v2",
                "RECALLDESK_TREMENDOUS_KEY": card.key,
                "RECALLDESK_TREMENDOUS_WEBHOOK_KEY": card.webhook,
                "RECALLDESK_EASYPOST_ADDRESS": self._started("easypost", parcel),
                "RECALLDESK_EASYPOST_KEY": parcel.key,
                "RECALLDESK_EASYPOST_WEBHOOK_SECRET": parcel.webhook,
            }
        except BaseException:
            self._running.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def _started(self, name: str, known: "_Secrets") -> str:
        """Starts one; where it listens."""
        command = [sys.executable, "-m", "recalldesk.demo.providers", name]
        command += ["--ledger", str(self._folder / f"{name}.jsonl"), "--key", known.key]
        command += ["--webhook", f"{self._site}/webhooks/remedies/{name}/"]
        command += ["--secret", known.webhook, "--seed", str(self._seed)]
        command += ["--share", str(self._faults)]
        if self._delivered_after is not None:
            command += ["--delivered-after", str(self._delivered_after), "--by-itself"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--beside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._running.callback(_end, process)
        assert process.stdout is not None
        said = process.stdout.readline().rsplit(" ", 1)[-1].strip()
        if not said.startswith("http://127.0.0.1:"):
            raise ServiceNotStarted(
                f"The made-up {name} did not start.", "What it said stands above."
            )
        return said


class _Secrets:
    """What one service and the product share."""

    def __init__(self) -> None:
        self.key, self.webhook = secrets.token_hex(16), secrets.token_hex(16)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
