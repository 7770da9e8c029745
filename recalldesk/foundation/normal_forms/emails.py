"""E-mail addresses that arrive in one box.

Guarantee: two that may belong to two people are never made one: what a provider ignores is taken
off only where it is known to ignore it.
"""

from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True)
class _Provider:
    """`tags`: what a tag may begin with; `ignored`: characters of the name that do not count."""

    domain: str
    tags: str = "+"
    ignored: str = ""


_GMAIL = _Provider("gmail.com", ignored=".")
_PROTON = _Provider("proton.me", ignored=".-_")
_OF_MICROSOFT = {
    "hotmail": "com be ca ch cl co.il co.jp co.kr co.nz co.th co.uk co.za com.ar com.au com.br"
    " com.hk com.tr com.tw de dk es fi fr gr it my nl no ph se sg",
    "live": "com at be ca ch cl cn co.kr co.uk co.za com.ar com.au com.mx com.my com.ph com.pt"
    " com.sg de dk fi fr hk ie in it jp nl no se",
    "outlook": "com at be cl co.id co.il co.nz co.th com.ar com.au com.br com.es com.gr com.hr"
    " com.pe com.tr com.tw com.vn cz de dk es fr hu ie in it jp kr lv my ph pt sa sg sk",
    "msn": "com",
}
_OF_YAHOO = {
    "yahoo": "com at be ca ch cl co.id co.in co.nz co.th co.uk co.za com.ar com.au com.br com.co"
    " com.hk com.mx com.my com.pe com.ph com.sg com.tr com.tw com.ve com.vn cz de dk es fi fr gr"
    " hu ie in it nl no pl pt ro se",
    "ymail": "com",
    "rocketmail": "com",
}
_OF_AOL = {"aol": "com co.uk de es fr it", "aim": "com"}


def _each(domains: dict[str, str], tags: str) -> dict[str, _Provider]:
    """Each domain for itself: the same name under two of them may be of two people."""
    named = (f"{name}.{ending}" for name, endings in domains.items() for ending in endings.split())
    return {domain: _Provider(domain, tags) for domain in named}


_PROVIDERS = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "icloud.com": _Provider("icloud.com"),
    "me.com": _Provider("icloud.com"),
    "mac.com": _Provider("icloud.com"),
    "proton.me": _PROTON,
    "protonmail.com": _PROTON,
    "protonmail.ch": _PROTON,
    "pm.me": _PROTON,
    "fastmail.com": _Provider("fastmail.com"),
    "fastmail.fm": _Provider("fastmail.fm"),
    **_each(_OF_MICROSOFT, "+"),
    **_each(_OF_YAHOO, "-+"),
    **_each(_OF_AOL, "+"),
}
"""Providers that say so of themselves, or in whose names the sign of a tag cannot stand."""


def email_form(email: str) -> str:
    """The box in which an address arrives; empty for what is no address."""
    name, at, domain = email.strip().casefold().rpartition("@")
    if not (name and at and domain):
        return ""
    provider = _PROVIDERS.get(host := _host(domain))
    if provider is None:
        return f"{name}@{host}"
    untagged = "".join(takewhile(lambda each: each not in provider.tags, name))
    kept = "".join(each for each in untagged if each not in provider.ignored)
    return f"{kept or name}@{provider.domain}"


def _host(domain: str) -> str:
    """A domain as the network writes it, whatever its alphabet."""
    try:
        return domain.rstrip(".").encode("idna").decode("ascii").casefold()
    except UnicodeError:
        return domain
