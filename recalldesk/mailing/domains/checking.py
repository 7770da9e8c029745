"""Looks a domain through: who takes its mail, who may write in its name, and how that is seen."""

from collections.abc import Callable, Iterator, Sequence

from recalldesk.mailing.domains.asking import CannotAsk, Records
from recalldesk.mailing.domains.rules import (
    MOST_LOOKUPS,
    Finding,
    Weight,
    asks_in,
    dmarc_in,
    of_dkim,
    of_dmarc,
    of_mail_servers,
    of_spf,
    spf_in,
)

DEEPEST = 10
"""Records that include one another."""


def check_domain(domain: str, *, selectors: Sequence[str], records: Records) -> list[Finding]:
    """What was found, in the same order each time; what could not be asked is UNKNOWN."""
    steps: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("MX", lambda: _mail_servers(domain, records)),
        ("SPF", lambda: _spf(domain, records)),
        ("DKIM", lambda: _dkim(domain, selectors, records)),
        ("DMARC", lambda: _dmarc(domain, records)),
    )
    return [_or_unknown(about, step) for about, step in steps]


def _or_unknown(about: str, step: Callable[[], Finding]) -> Finding:
    try:
        return step()
    except CannotAsk as error:
        return Finding(Weight.UNKNOWN, about, error.message, error.hint)


def _mail_servers(domain: str, records: Records) -> Finding:
    servers = records.mail_servers(domain)
    has_address = not servers and records.has_address(domain)
    return of_mail_servers(domain, servers, has_address=has_address)


def _spf(domain: str, records: Records) -> Finding:
    texts = records.texts(domain)
    rows = spf_in(texts)
    lookups = _lookups(rows[0], records, 0) if len(rows) == 1 else 0
    return of_spf(domain, texts, lookups=lookups)


def _lookups(record: str, records: Records, depth: int) -> int:
    """How many questions a reader of it asks, as far as that is over the bound."""
    count = 0
    for term in asks_in(record):
        count += 1
        name = term.partition(":")[2] if term.startswith("include:") else ""
        name = name or (term.partition("=")[2] if term.startswith("redirect=") else "")
        if name and "%" not in name and depth < DEEPEST and count <= MOST_LOOKUPS:
            for inner in spf_in(records.texts(name))[:1]:
                count += _lookups(inner, records, depth + 1)
    return count


def _dkim(domain: str, selectors: Sequence[str], records: Records) -> Finding:
    names = {each: f"{each}._domainkey.{domain}" for each in selectors}
    return of_dkim(domain, {each: records.texts(name) for each, name in names.items()})


def _dmarc(domain: str, records: Records) -> Finding:
    for at in _and_above(domain):
        texts = records.texts(f"_dmarc.{at}")
        if dmarc_in(texts):
            return of_dmarc(domain, at, texts)
    return of_dmarc(domain, domain, ())


def _and_above(domain: str) -> Iterator[str]:
    """The domain, and those above it, but for the last part."""
    parts = domain.split(".")
    for first in range(max(1, len(parts) - 1)):
        yield ".".join(parts[first:])
