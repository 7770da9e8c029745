"""nginx before a server, by the configuration that docs/serving.md gives to firms.

Guarantee: what is tried here is the documented text; only its places are changed, and one that is
not found in it is an error.
"""

import os
import pwd
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import (
    Server,
    children_of,
    free_port,
    processor_seconds_of,
    program_running,
)

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "serving.md"
ADMINISTRATORS_FOLDER = "/usr/sbin"
"""Not on everybody's PATH; Debian's nginx lies there."""
LOG = "asked.log"
CERTIFICATE = "/etc/ssl/recalldesk/chain.pem"
KEY = "/etc/ssl/recalldesk/key.pem"
AROUND = """\
daemon off;
{user}
pid nginx.pid;
error_log error.log;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path bodies;
    proxy_temp_path answers;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    keepalive_requests 1000000;
    gzip on;
    log_format asked '$request_method $uri $status $upstream_cache_status $upstream_status';
    include site.conf;
}}
"""
"""What surrounds it, as Debian's nginx.conf does; a path is taken from the folder given with -p."""


class PlaceNotFoundError(ValueError):
    """The documented configuration no longer holds what is to be put in its place."""


@dataclass(frozen=True)
class Asked:
    """A request as nginx saw it; `by` is what answered: HIT is its cache, - is no cache at all."""

    method: str
    path: str
    status: str
    by: str
    behind: str

    @property
    def is_passed_on(self) -> bool:
        """Whether it reached the server behind."""
        return self.behind != "-"


@dataclass(frozen=True)
class Proxy:
    """nginx at work in a folder of its own."""

    server: Server
    folder: Path
    plain_port: int
    """Where it only sends people on to `https`."""

    @property
    def port(self) -> int:
        """The port on which it answers."""
        return self.server.port

    def processor_seconds(self) -> float:
        """What its processes have used so far."""
        return sum(map(processor_seconds_of, children_of(self.server.process.pid)))


def nginx() -> str | None:
    """The program, where there is one."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), ADMINISTRATORS_FOLDER))
    return shutil.which("nginx", path=path)


def documented() -> str:
    """The configuration that the documentation gives. Raises PlaceNotFoundError."""
    return _the_one_with("proxy_cache_path")


def stand_in_configuration(which: str) -> str:
    """What it gives for the folder of notices: `alone`, a server that has nothing else, or
    `behind`, what is added to the proxy. Raises PlaceNotFoundError.
    """
    return _the_one_with({"alone": "error_page 404 /404.html", "behind": "@stand_in"}[which])


def _the_one_with(text: str) -> str:
    blocks = re.findall(r"^```nginx\n(.*?)^```", DOCUMENT.read_text("utf-8"), re.S | re.M)
    found = [block for block in blocks if text in block]
    if len(found) != 1:
        raise PlaceNotFoundError(f"{DOCUMENT.name} holds {len(found)} configurations, not one")
    return str(found[0])


def placed(text: str, changes: Mapping[str, str]) -> str:
    """The text with other places in it. Raises PlaceNotFoundError where one is not there once."""
    for before, after in changes.items():
        if text.count(before) != 1:
            raise PlaceNotFoundError(f"{before!r} stands {text.count(before)} times in it")
        text = text.replace(before, after)
    return text


def places(port: int, plain_port: int, behind: int, *, tls: bool) -> dict[str, str]:
    """Where nginx answers, what stands behind it, and where it keeps things."""
    by_tls = {CERTIFICATE: "chain.pem", KEY: "key.pem"}
    plainly = {f"ssl_certificate {CERTIFICATE};": "", f"ssl_certificate_key {KEY};": ""}
    return {
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port}{' ssl http2' if tls else ''};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{behind};",
        "proxy_cache_path /var/cache/recalldesk": "proxy_cache_path cache",
        "access_log off;                     #": f"access_log {LOG} asked; #",
        **(by_tls if tls else plainly),
    }


@contextmanager
def running_before(behind: int, folder: Path, *, tls: bool = False) -> Iterator[Proxy]:
    """nginx before the server on a port, until the end of the block, where there is nginx.

    With `tls`, the folder holds `chain.pem` and `key.pem`; without, it answers plainly.

    Raises ServerEndedError where it does not start; `error.log` in the folder says why.
    """
    program = nginx()
    assert program is not None
    port, plain_port = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    # Root's nginx would else read its files as nobody; everybody else's stays who it is.
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user), encoding="utf-8")
    site = placed(documented(), places(port, plain_port, behind, tls=tls))
    (folder / "site.conf").write_text(site, encoding="utf-8")
    command = [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
    with program_running(command, port, {}) as server:
        yield Proxy(server, folder, plain_port)


def asked_of(folder: Path) -> list[Asked]:
    """Every request that nginx answered, once it has ended."""
    lines = (folder / LOG).read_text("utf-8").splitlines()
    return [Asked(*line.split(" ", 4)) for line in lines]
