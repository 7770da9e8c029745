"""Closes a program of the sandbox to everything but this machine.

Guarantees: from then on no socket of Python's connects or sends elsewhere than to 127.0.0.1, ::1 or
a file, and no other name is looked up, whatever settings say; it cannot be opened again.
"""

import sys
from typing import Any

HERE = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None})  # noqa: S104 - named, to be let
WITH_ADDRESS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.bind": 1}
LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
NOT_BOUND = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - it is refused


class ClosedToElsewhere(ConnectionRefusedError):
    """A program of a drill wanted to reach something that is not the drill's."""


def close_to_elsewhere() -> None:
    """Has every try raise, as a network that is down would."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in LOOK_UPS:
        _refuse_host(arguments[0])
    elif event == "socket.getnameinfo":
        _refuse_host(arguments[0][0])
    elif (place := WITH_ADDRESS.get(event)) is not None:
        address = arguments[place] if len(arguments) > place else None
        if isinstance(address, tuple):
            _refuse_host(address[0])
            if event == "socket.bind" and address[0] in NOT_BOUND:
                raise ClosedToElsewhere("a drill serves this machine alone")


def _refuse_host(host: object) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name not in HERE:
        raise ClosedToElsewhere("a drill reaches nothing but itself")
