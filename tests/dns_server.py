"""A name server of the tests on 127.0.0.1, which knows the records that a test gives it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class Zone:
    """Its records: by name and kind. `is_broken`: it answers that something is wrong."""

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    is_broken: bool = False

    def text(self, name: str, *texts: str) -> None:
        """Sets the TXT records of a name."""
        self.records[name, "TXT"] = [
            " ".join(f'"{each[at : at + 200]}"' for at in range(0, len(each), 200))
            for each in texts
        ]


class _Question(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        said, socket = self.request
        zone = cast("_Server", self.server).zone
        asked = dns.message.from_wire(said)
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        question = asked.question[0]
        name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
        if zone.is_broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif rows := zone.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, rows))
        elif not any(known == name for known, _ in zone.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


class _Server(socketserver.ThreadingUDPServer):
    daemon_threads = True
    zone: Zone


@contextmanager
def dns_server() -> Iterator[tuple[str, Zone]]:
    """Its address, as RECALLDESK_NAME_SERVERS takes it, and what it knows."""
    with _Server(("127.0.0.1", 0), _Question) as server:
        server.zone = Zone()
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address: Any = server.server_address
        try:
            yield f"127.0.0.1:{address[1]}", server.zone
        finally:
            server.shutdown()
