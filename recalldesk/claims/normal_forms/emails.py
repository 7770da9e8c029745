"""E-mail addresses that arrive in one box.

Guarantee: two that may belong to two people are never made one: what a provider ignores is taken
off only where it is known to ignore it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class _Provider:
    """`tag`: what a tag begins with; `ignored`: characters of the name that do not count."""

    domain: str
    tag: str = "+"
    ignored: str = ""


_GMAIL = _Provider("gmail.com", ignored=".")
_PROTON = _Provider("proton.me", ignored=".-_")
_PROVIDERS = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "icloud.com": _Provider("icloud.com"),
    "me.com": _Provider("icloud.com"),
    "mac.com": _Provider("icloud.com"),
    "outlook.com": _Provider("outlook.com"),
    "hotmail.com": _Provider("hotmail.com"),
    "live.com": _Provider("live.com"),
    "msn.com": _Provider("msn.com"),
    "proton.me": _PROTON,
    "protonmail.com": _PROTON,
    "protonmail.ch": _PROTON,
    "pm.me": _PROTON,
    "fastmail.com": _Provider("fastmail.com"),
    "fastmail.fm": _Provider("fastmail.fm"),
    "yahoo.com": _Provider("yahoo.com", tag="-"),
    "ymail.com": _Provider("ymail.com", tag="-"),
    "rocketmail.com": _Provider("rocketmail.com", tag="-"),
}
"""Providers that say so of themselves."""


def email_form(email: str) -> str:
    """The box in which an address arrives; empty for what is no address."""
    name, at, domain = email.strip().casefold().rpartition("@")
    if not (name and at and domain):
        return ""
    provider = _PROVIDERS.get(host := _host(domain))
    if provider is None:
        return f"{name}@{host}"
    kept = name.split(provider.tag, 1)[0]
    kept = "".join(each for each in kept if each not in provider.ignored)
    return f"{kept or name}@{provider.domain}"


def _host(domain: str) -> str:
    """A domain as the network writes it, whatever its alphabet."""
    try:
        return domain.rstrip(".").encode("idna").decode("ascii").casefold()
    except UnicodeError:
        return domain
