"""Who a request counts as, when clients are limited.

Guarantees: a header is believed only as far as trusted proxies wrote it; whatever is sent, there is
an answer. Addresses are kept in memory alone, a few thousand at most, until `forget`. No Django.
"""

from collections.abc import Mapping, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, NamedTuple

from recalldesk.checks.errors import ProxiesUnreadable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
MOST_RECENT = 4_096
LONGEST_HOPS = 512
"""Of the header: its end, which the nearest proxies wrote. Longer ones are somebody's game."""
IPV6 = 1 << 64
"""Keeps the numbers of IPv6 networks apart from those of IPv4 addresses."""
LEAST_PREFIX = {4: 8, 6: 16}
"""No firm's own proxies fill a larger network than this."""


class Client(NamedTuple):
    """`narrow` is an IPv4 address or an IPv6 /64; `wide` the same IPv4 address, or the /48."""

    narrow: int
    wide: int


UNKNOWN = Client(-1, -1)
"""Everybody whose address the server does not know, as behind a unix socket."""


def networks(text: str) -> tuple[Network, ...]:
    """The networks of a list such as `10.0.0.0/8, ::1`. Raises ProxiesUnreadable."""
    try:
        found = tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise _unreadable() from error
    if any(network.prefixlen < LEAST_PREFIX[network.version] for network in found):
        raise _unreadable()
    return found


def _unreadable() -> ProxiesUnreadable:
    return ProxiesUnreadable(
        "RECALLDESK_TRUSTED_PROXIES holds something that is no network, or one far too large.",
        "Name the addresses of your own proxies, separated by commas, as `127.0.0.1` or "
        "`10.1.0.0/16`.",
    )


class Clients:
    """Tells clients apart; `trusted` are the networks whose word on others is taken."""

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self._trusted = tuple(trusted)
        self._recent: dict[tuple[str, str], Client] = {}

    def of(self, environ: Mapping[str, Any]) -> Client:
        """The client of a WSGI request."""
        peer, hops = environ.get("REMOTE_ADDR", ""), ""
        if self._trusted:
            hops = environ.get("HTTP_X_FORWARDED_FOR", "")[-LONGEST_HOPS:]
        known = self._recent.get((peer, hops))
        if known is None:
            if len(self._recent) >= MOST_RECENT:
                self._recent.clear()
            known = self._recent[peer, hops] = self._found(peer, hops)
        return known

    def forget(self) -> None:
        """Drops the addresses seen lately."""
        self._recent.clear()

    def _found(self, peer: str, hops: str) -> Client:
        """The last address that nobody trusted could make up: from the right, over trusted hops."""
        address = _address(peer)
        if address is None:
            return UNKNOWN
        for hop in reversed(hops.split(",") if hops else ()):
            if not self._trusts(address):
                break
            said = _address(hop)
            if said is None:
                break  # all who come through this proxy then count as the proxy itself
            address = said
        return _client(address)

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _address(text: str) -> Address | None:
    """An address, also with a port, a zone or in brackets; an IPv4 one where IPv6 only wraps it."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _client(address: Address) -> Client:
    number = int(address)
    if isinstance(address, IPv4Address):
        return Client(number, number)
    return Client(IPV6 | number >> 64, IPV6 | number >> 80)
