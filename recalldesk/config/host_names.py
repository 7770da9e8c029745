"""The host names that the settings name."""

from urllib.parse import urlsplit


def host_in(address: str) -> str:
    """The host name in an address; empty where it holds none that can be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def own_hosts(named: str, *addresses: str) -> list[str]:
    """The names of the setting, which are separated by commas, then those of the addresses."""
    hosts = [host.strip() for host in named.split(",")]
    hosts += map(host_in, addresses)
    return list(dict.fromkeys(host for host in hosts if host))
