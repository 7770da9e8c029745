"""A client is an IPv4 address or an IPv6 /64; a header counts as far as proxies are trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.checks.clients import MOST_RECENT, UNKNOWN, Client, Clients, networks
from recalldesk.checks.errors import ProxiesUnreadable

PROXY, FAR_PROXY, OWNER, OTHER = "127.0.0.1", "10.1.2.3", "203.0.113.7", "198.51.100.9"
TRUSTED = networks("127.0.0.1, 10.1.0.0/16, 2001:db8:ffff::/48")


def client(peer: str, hops: str | None = None, *, trusts: bool = True) -> Client:
    environ = {"REMOTE_ADDR": peer}
    if hops is not None:
        environ["HTTP_X_FORWARDED_FOR"] = hops
    return Clients(TRUSTED if trusts else ()).of(environ)


def test_an_ipv4_address_is_a_client() -> None:
    assert client(OWNER) == client(OWNER)
    assert client(OWNER) != client(OTHER)
    assert client(OWNER).narrow == client(OWNER).wide


def test_an_ipv6_network_of_64_bits_is_a_client() -> None:
    assert client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9")
    assert client("2001:db8:1:2::1") != client("2001:db8:1:3::1")


def test_networks_of_one_48_belong_together() -> None:
    one, other = client("2001:db8:1:2::1"), client("2001:db8:1:3::1")
    assert one.wide == other.wide
    assert one.wide != client("2001:db8:2:2::1").wide


@pytest.mark.parametrize("wrapped", ["::ffff:203.0.113.7", "::FFFF:cb00:7107"])
def test_an_ipv4_address_wrapped_in_ipv6_is_itself(wrapped: str) -> None:
    assert client(wrapped) == client(OWNER)


def test_no_ipv6_network_counts_as_an_ipv4_address() -> None:
    assert client("::cb00:7107") != client(OWNER)
    assert client("0:0:cb00:7107::1") != client(OWNER)


@pytest.mark.parametrize("peer", ["", "unix:", "/run/desk.sock", "nonsense", "999.1.1.1"])
def test_who_has_no_address_shares_one_allowance(peer: str) -> None:
    assert client(peer) == UNKNOWN


def test_a_header_from_somebody_who_is_no_proxy_is_not_believed() -> None:
    assert client(OWNER, OTHER) == client(OWNER)
    assert client(PROXY, OTHER, trusts=False) == client(PROXY)


@pytest.mark.parametrize(
    "hops",
    [
        OWNER,
        f"{OTHER}, {OWNER}",
        f"nonsense,{OWNER}",
        f"{OTHER},{OWNER} , {FAR_PROXY}",
        f"{OTHER},{OWNER},2001:db8:ffff::1,{FAR_PROXY}",
        f"{OWNER}:51234",
        f"::ffff:{OWNER}",
        f"{'9.9.9.9, ' * 500}{OWNER}",
    ],
)
def test_behind_trusted_proxies_it_is_the_last_address_that_is_none_of_theirs(hops: str) -> None:
    assert client(PROXY, hops) == client(OWNER)


def test_an_ipv6_address_may_come_with_its_port() -> None:
    plain = client("2001:db8:1:2::1")
    for said in ("[2001:db8:1:2::1]:443", "[2001:db8:1:2::1]", "2001:db8:1:2::1%eth0"):
        assert client(PROXY, said) == plain


@pytest.mark.parametrize("hops", ["", "nonsense", f"{OTHER}, unknown", " , ", "_hidden", "1.2.3"])
def test_what_a_proxy_garbles_counts_as_the_proxy(hops: str) -> None:
    assert client(PROXY, hops) == client(PROXY)


def test_a_proxy_that_asks_for_itself_is_a_client() -> None:
    assert client(PROXY, FAR_PROXY) == client(FAR_PROXY)


@given(st.text(), st.text())
def test_whatever_is_sent_there_is_a_client(peer: str, hops: str) -> None:
    assert len(client(peer, hops)) == 2
    assert client(OWNER, hops) == client(OWNER)


@given(st.text(alphabet="0123456789abcdef.:,[]% "))
def test_whoever_comes_through_a_proxy_cannot_be_another(hops: str) -> None:
    assert client(PROXY, f"{hops},{OWNER}") == client(OWNER)


def test_few_addresses_are_kept_and_none_after_a_while() -> None:
    clients = Clients()
    for number in range(MOST_RECENT + 10):
        clients.of({"REMOTE_ADDR": f"10.0.{number >> 8}.{number & 255}"})
    assert len(clients._recent) <= MOST_RECENT
    clients.forget()
    assert not clients._recent


@pytest.mark.parametrize(
    "text", ["127.0.0.1;10.0.0.1", "10.1.2.3/16", "proxy", "0.0.0.0/0", "::/0", "1.2.3.4/99"]
)
def test_a_list_of_proxies_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ProxiesUnreadable, match="RECALLDESK_TRUSTED_PROXIES"):
        networks(text)


def test_no_proxies_are_no_networks() -> None:
    assert networks("") == networks(" , ") == ()
