"""No test reaches another machine: this process connects, sends and asks for names only at home.

An audit hook sees what every Python library does. It does not see what other programs do (the
browser, the served desk), nor libpq, which goes where DATABASE_URL says.
"""

import ipaddress
import socket
import sys
from typing import Any

AT_HOME = {"", "localhost"}


class ReachesElsewhere(RuntimeError):
    """A test tried to reach another machine. No OSError, which code under test may swallow."""


def close_sockets() -> None:
    """From now on, and until the process ends, only loopback and Unix sockets are reached."""
    sys.addaudithook(_refuse_elsewhere)


def _refuse_elsewhere(event: str, arguments: tuple[Any, ...]) -> None:
    match event, arguments:
        case "socket.connect" | "socket.sendto" | "socket.sendmsg", (socket_, address):
            # A connected socket sends to nobody in particular.
            if address is not None and socket_.family != socket.AF_UNIX:
                _refuse_unless_at_home(address[0])
        case "socket.getaddrinfo" | "socket.gethostbyname", (host, *_) if host is not None:
            _refuse_unless_at_home(host)


def _refuse_unless_at_home(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in AT_HOME:
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass  # a name, which somebody elsewhere would have to be asked for
    raise ReachesElsewhere(
        f"A test tried to reach {name}. Tests reach 127.0.0.1, ::1 and Unix sockets only."
    )
