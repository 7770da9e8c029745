"""An installation of a run: its folders, ports and settings, and those of its providers.

Guarantee: its data folder can be lost; journal, heads, backups and all that is the providers' own
lie beside it. Everything is made up.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import free_port
from chaos.plan import Target
from chaos.weather import FOLDER, Weather

ROOT = Path(__file__).resolve().parent.parent
KEY = "made-up-key-0123456789"
SECRET = "made-up-secret-0123456789"
SECRETS = "secrets.json"
WITH_TRAYS = (Target.WAREHOUSE, Target.BANK)


@dataclass(frozen=True)
class Installation:
    """`ports`: of the web server, and of the providers that are asked over HTTP."""

    folder: Path
    ports: Mapping[Target, int]

    @classmethod
    def in_folder(cls, folder: Path) -> "Installation":
        """A new one, with ports that are free."""
        asked = (Target.WEB, Target.TREMENDOUS, Target.EASYPOST)
        installation = cls(folder, {target: free_port() for target in asked})
        installation.home.mkdir(mode=0o711)
        installation.outside.mkdir()
        return installation

    @property
    def home(self) -> Path:
        """Its data folder."""
        return self.folder / "home"

    @property
    def outside(self) -> Path:
        """Another disk, so to speak."""
        return self.folder / "outside"

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.outside / "backups"

    @property
    def journal(self) -> Path:
        """The journal's folder."""
        return self.outside / "journal"

    @property
    def weather(self) -> Weather:
        """What all its programs are told of clock and disk."""
        return Weather(self.folder / "weather")

    @property
    def web(self) -> str:
        """Where it serves."""
        return self.address(Target.WEB)

    def address(self, target: Target) -> str:
        """Where one of them listens."""
        return f"http://127.0.0.1:{self.ports[target]}"

    def ledger(self, target: Target) -> Path:
        """What a provider counted, a line for each effect."""
        return self.folder / "providers" / f"{target}.jsonl"

    def trays(self, target: Target) -> Path:
        """The trays of the warehouse or the bank."""
        return self.folder / "providers" / target

    def seen(self) -> Path:
        """What owners saw."""
        return self.folder / "seen.jsonl"

    def lose_disk(self) -> None:
        """A new data folder, in which nothing is but what a person had elsewhere: the keys."""
        lost = self.folder / "lost"
        self.home.rename(lost)
        self.home.mkdir(mode=0o711)
        (self.home / SECRETS).write_bytes((lost / SECRETS).read_bytes())
        (self.home / SECRETS).chmod(0o600)

    @property
    def environment(self) -> dict[str, str]:
        """Of each of its programs."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("RECALLDESK_", "DATABASE"))
        }
        ours = {
            "PROFILE": "demo",
            "HOME": self.home,
            "JOURNAL_FOLDER": self.journal,
            "LOG_HEADS_FOLDER": self.outside / "heads",
            "PORT": self.ports[Target.WEB],
            "TREMENDOUS_KEY": KEY,
            "TREMENDOUS_ADDRESS": f"{self.address(Target.TREMENDOUS)}/api/v2",
            "TREMENDOUS_WEBHOOK_KEY": SECRET,
            "EASYPOST_KEY": KEY,
            "EASYPOST_ADDRESS": self.address(Target.EASYPOST),
            "EASYPOST_SENDER": "adr_made_up",
            "EASYPOST_WEBHOOK_SECRET": SECRET,
            "SENDER_LINES": "Tidewater Kitchen | 1 Example Street | Springfield, CA 00000",
            "REFUND_HOLDER": "Tidewater Kitchen, Inc.",
            "REFUND_IBAN": "DE89370400440532013000",
            "REFUND_US_ROUTING": "021000021",
            "REFUND_US_COMPANY": "1123456789",
            "REFUND_US_BANK": "EXAMPLE BANK",
            "REFUND_CHECKS": "true",
        }
        return kept | {
            **{f"RECALLDESK_{name}": str(value) for name, value in ours.items()},
            "DJANGO_SETTINGS_MODULE": "chaos.settings",
            "PYTHONPATH": str(ROOT),
            FOLDER: str(self.weather.folder),
        }

    @classmethod
    def here(cls) -> "Installation":
        """That of the run which this program belongs to."""
        folder = Path(os.environ["RECALLDESK_HOME"]).parent
        ports = {
            Target.WEB: int(os.environ["RECALLDESK_PORT"]),
            Target.TREMENDOUS: _port_in(os.environ["RECALLDESK_TREMENDOUS_ADDRESS"]),
            Target.EASYPOST: _port_in(os.environ["RECALLDESK_EASYPOST_ADDRESS"]),
        }
        return cls(folder, ports)


def _port_in(address: str) -> int:
    return int(address.split(":")[2].split("/", maxsplit=1)[0])
