"""A test that reaches another machine fails, and says so."""

import asyncio
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.closed_sockets import ReachesElsewhere

ELSEWHERE, ELSEWHERE_6 = "192.0.2.1", "2001:db8::1"
"""Kept for documents; no machine has them."""


def connect(family: socket.AddressFamily, address: tuple[str, int]) -> None:
    with socket.socket(family) as client:
        client.settimeout(1)
        client.connect(address)


def connect_by_code() -> None:
    with socket.socket() as client:
        client.settimeout(1)
        client.connect_ex((ELSEWHERE, 80))


def send_a_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(b"x", (ELSEWHERE, 9))


async def connect_in_a_loop() -> None:
    await asyncio.wait_for(asyncio.open_connection(ELSEWHERE, 80), 1)


WAYS: dict[str, Callable[[], object]] = {
    "connect": lambda: connect(socket.AF_INET, (ELSEWHERE, 80)),
    "connect by IPv6": lambda: connect(socket.AF_INET6, (ELSEWHERE_6, 80)),
    "connect_ex": connect_by_code,
    "create_connection": lambda: socket.create_connection((ELSEWHERE, 80), timeout=1),
    "datagram": send_a_datagram,
    "name": lambda: socket.getaddrinfo("recalls.example", 443),
    "urllib": lambda: urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1),
    "asyncio": lambda: asyncio.run(connect_in_a_loop()),
}


@pytest.mark.parametrize("way", WAYS)
def test_another_machine_is_not_reached(way: str) -> None:
    with pytest.raises(ReachesElsewhere, match="tried to reach"):
        WAYS[way]()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_so_is_a_unix_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
