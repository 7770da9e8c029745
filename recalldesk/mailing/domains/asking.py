"""Asks name servers for the records of a domain.

Guarantee: that there is no record, and that nobody could be asked, are never taken for each other.
"""

from collections.abc import Sequence
from ipaddress import ip_address

import dns.exception
import dns.message
import dns.nameserver
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

from recalldesk.foundation.problem import Problem

SECONDS = 5.0
PORT = 53


class CannotAsk(Problem):
    """No name server answered."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No name server could be asked for {name}.",
            "Look whether this machine reaches the network, or name a server in "
            "RECALLDESK_NAME_SERVERS.",
        )


class NameServerUnreadable(Problem):
    """A name server's address that is none."""


class Records:
    """The records of domains, as the name servers of the settings know them; those of this machine
    where none are named."""

    def __init__(self, name_servers: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        self._servers = [_server(each) for each in name_servers]
        self._seconds = seconds
        self._resolver: dns.resolver.Resolver | None = None

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name, each in one piece. Raises CannotAsk."""
        answer = self._asked(name, "TXT")
        return [
            b"".join(row.strings).decode("utf-8", "replace")
            for row in answer
            if isinstance(row, TXT)
        ]

    def mail_servers(self, name: str) -> list[str]:
        """Who takes its mail, `.` for nobody. Raises CannotAsk."""
        rows = [row for row in self._asked(name, "MX") if isinstance(row, MX)]
        return [
            str(row.exchange).rstrip(".").lower() or "."
            for row in sorted(rows, key=lambda row: row.preference)
        ]

    def has_address(self, name: str) -> bool:
        """Whether a machine answers under it. Raises CannotAsk."""
        return any(self._asked(name, kind) for kind in ("A", "AAAA"))

    def _asked(self, name: str, kind: str) -> Sequence[object]:
        try:
            answer = self._ready().resolve(name, kind, raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN:
            return ()
        except (dns.exception.DNSException, OSError) as error:
            raise CannotAsk(name) from error
        return list(answer)

    def _ready(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                self._resolver.nameservers = self._servers
            self._resolver.timeout = self._resolver.lifetime = self._seconds
        return self._resolver


def _server(written: str) -> dns.nameserver.Do53Nameserver:
    host, colon, port = written.strip().rpartition(":")
    if not colon or "]" in port or (":" in host and not host.startswith("[")):
        host, port = written.strip(), str(PORT)
    try:
        address = str(ip_address(host.strip("[]")))
        number = int(port)
    except ValueError as error:
        raise NameServerUnreadable(
            f"RECALLDESK_NAME_SERVERS names {written.strip()!r}, which is no address.",
            "Write `9.9.9.9`, `127.0.0.1:5353` or `[::1]:5353`, separated by commas.",
        ) from error
    return dns.nameserver.Do53Nameserver(address, number)
