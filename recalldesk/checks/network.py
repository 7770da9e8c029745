"""From which network a request came, for whoever compares claims.

Guarantee: the same reckoning as that by which clients are limited; an address that is not one of
the internet's, as that of a proxy nobody named, stands for nobody.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from django.conf import settings

from recalldesk.checks.clients import IPV6, UNKNOWN, Clients, networks

HALF = 64
"""Bits of an IPv6 address that one connection has for itself."""


@lru_cache(maxsize=4)
def _clients(trusted: str) -> Clients:
    return Clients(networks(trusted))


def network_of(environ: Mapping[str, Any]) -> str:
    """An IPv4 address or the first address of an IPv6 /64; empty where it says nothing."""
    clients = _clients(settings.ENVIRONMENT.trusted_proxies)
    client = clients.of(environ)
    clients.forget()
    if client == UNKNOWN:
        return ""
    address: IPv4Address | IPv6Address
    if client.narrow & IPV6:
        address = IPv6Address((client.narrow ^ IPV6) << HALF)
    else:
        address = IPv4Address(client.narrow)
    return str(address) if address.is_global else ""
