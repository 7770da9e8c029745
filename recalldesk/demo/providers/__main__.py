"""Runs one made-up provider: `python -m recalldesk.demo.providers tremendous --ledger FILE`.

Its first line says where it listens.
"""

import argparse
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from recalldesk.demo.providers.announcing import (
    Announcer,
    signed_by_easypost,
    signed_by_tremendous,
)
from recalldesk.demo.providers.easypost import MadeUpEasyPost
from recalldesk.demo.providers.faults import Faults
from recalldesk.demo.providers.ledger import Ledger
from recalldesk.demo.providers.serving import MadeUpProvider, Server
from recalldesk.demo.providers.tremendous import MadeUpTremendous

MADE: dict[str, Callable[[Ledger, str, Announcer, float | None], MadeUpProvider]] = {
    "tremendous": MadeUpTremendous,
    "easypost": MadeUpEasyPost,
}
SIGNED = {"tremendous": signed_by_tremendous, "easypost": signed_by_easypost}


def main() -> None:
    """Serves until it is ended."""
    arguments = _arguments()
    seed, signed = arguments.seed, SIGNED[arguments.provider]
    announcer = Announcer(
        arguments.webhook, arguments.secret, signed, seed=seed, chaos=bool(arguments.share)
    )
    made, ledger = MADE[arguments.provider], Ledger(arguments.ledger)
    provider = made(ledger, arguments.key, announcer, arguments.delivered_after)
    with Server(arguments.port, provider, Faults(seed=seed, share=arguments.share)) as server:
        print(f"made-up {arguments.provider} on {server.address}", flush=True)
        if arguments.by_itself:
            threading.Thread(target=server.go_on, daemon=True).start()
        if arguments.beside:
            threading.Thread(target=_end_with_whoever_started, daemon=True).start()
        server.serve_forever()


def _end_with_whoever_started() -> None:
    """However that ended: its end of our standard input is closed then."""
    sys.stdin.buffer.read()
    os._exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m recalldesk.demo.providers")
    parser.add_argument("provider", choices=MADE)
    parser.add_argument("--ledger", type=Path, required=True, help="Its effects, a line each.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one.")
    parser.add_argument("--key", default="made-up-key", help="The key that it asks for.")
    parser.add_argument("--webhook", default="", help="Where it tells of news.")
    parser.add_argument("--secret", default="", help="With which it signs them.")
    parser.add_argument("--seed", type=int, default=0, help="Of its faults.")
    parser.add_argument("--share", type=float, default=0, help="Of requests that go wrong.")
    parser.add_argument("--delivered-after", type=float, help="Seconds; unset: when it is told.")
    parser.add_argument("--by-itself", action="store_true", help="Goes on also unread, and tells.")
    parser.add_argument("--beside", action="store_true", help="Ends with its standard input.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
