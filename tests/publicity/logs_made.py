"""Access logs for tests. Addresses are of the blocks for examples; nobody's."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
AT = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)
NOTICE = "/en/recalls/kettle-k20/"


def combined(
    target: str = NOTICE,
    *,
    at: datetime = AT,
    status: int = 200,
    method: str = "GET",
    agent: str = BROWSER,
    visitor: int = 1,
) -> str:
    """A line as nginx writes it."""
    when = at.strftime("%d/%b/%Y:%H:%M:%S %z")
    request = f"{method} {target} HTTP/1.1"
    return f'192.0.2.{visitor} - - [{when}] "{request}" {status} 5120 "-" "{agent}"'


def caddys(
    target: str = NOTICE,
    *,
    at: datetime = AT,
    status: int = 200,
    method: str = "GET",
    agent: str = BROWSER,
    visitor: int = 1,
) -> str:
    """A line as Caddy writes it."""
    request = {
        "remote_ip": f"192.0.2.{visitor}",
        "method": method,
        "host": "recall.example.com",
        "uri": target,
        "headers": {"User-Agent": [agent]},
    }
    said = {"level": "info", "ts": at.timestamp(), "msg": "handled request", "request": request}
    return json.dumps(said | {"status": status, "size": 5120})


def log_of(folder: Path, lines: Iterable[str], name: str = "access.log") -> Path:
    """A log of these lines."""
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
