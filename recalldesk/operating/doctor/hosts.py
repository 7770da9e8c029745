"""The host names of brands and desk: whether people reach this server there, and whose they are."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings

from recalldesk.config.host_names import host_in
from recalldesk.foundation import clock
from recalldesk.operating.doctor.findings import Finding, Level
from recalldesk.operating.doctor.reaching import HTTPS, Reached, Way, reach
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.reads import live_recalls

RENEWED_BEFORE = timedelta(days=14)
CERTIFICATES = "Have it renewed by itself, and put every host name into it (docs/brands.md)."


def hosts_out_of_reach() -> Iterator[Finding]:
    """Host names under which production is to be reached and is not. Asked over the network."""
    if not settings.IS_PRODUCTION:
        return
    for host, port in _every_host():
        yield from _said(host, reach(host, port=port))


def hosts_shared() -> Iterator[Finding]:
    """A host name of several firms, and a brand that has none where others have."""
    firms: dict[str, set[str]] = {}
    without: dict[str, None] = {}
    for live in live_recalls():
        for brand in live.document.brands:
            if not brand.hosts:
                without[f"{live.slug}/{brand.key}"] = None
            for host in brand.hosts:
                firms.setdefault(host, set()).add(live.document.firm.name)
    watch = partial(Finding, level=Level.WATCH)
    for host, names in firms.items():
        if len(names) > 1:
            yield watch(
                "rd.D073",
                f"{host} is a host name of brands of {' and '.join(sorted(names))}.",
                "Give each firm's brands a name of their own, or its pages are framed as nobody's.",
            )
    if firms and without:
        yield watch(
            "rd.D074",
            f"No host name of its own has: {', '.join(without)}.",
            "Its letters lead to RECALLDESK_PUBLIC_ADDRESS, else to the first of RECALLDESK_HOSTS; "
            "name one in the recall file (brands.hosts).",
        )


def _every_host() -> list[tuple[str, int]]:
    """Each host name and port once: those of brands, then those of the two addresses."""
    brands: list[Brand] = [brand for live in live_recalls() for brand in live.document.brands]
    named = [(host, HTTPS) for brand in brands for host in brand.hosts]
    environment = settings.ENVIRONMENT
    addresses = (environment.public_address, environment.desk_address)
    named += [(host_in(each), urlsplit(each).port or HTTPS) for each in addresses if each]
    return list(dict.fromkeys(named))


def _said(host: str, reached: Reached) -> Iterator[Finding]:
    why = f" ({reached.why})" if reached.why else ""
    if reached.way is Way.NO_NAME:
        yield Finding(
            "rd.D070",
            f"The host name {host} is not found{why}.",
            "Make its DNS record lead to your proxy, or take the name out of the recall file.",
        )
    elif reached.way is Way.BAD_CERTIFICATE:
        yield Finding("rd.D071", f"Browsers refuse the certificate of {host}{why}.", CERTIFICATES)
    elif reached.way is not Way.REACHED:
        yield Finding(
            "rd.D072",
            f"https://{host} is not answered by this server{why}.",
            "Look at the proxy's names, ports and firewall. Where this machine cannot reach its "
            "own public address, ask from another one.",
            Level.WATCH,
        )
    elif reached.ends_at is not None and reached.ends_at - clock.now() < RENEWED_BEFORE:
        yield Finding(
            "rd.D071",
            f"The certificate of {host} ends on {reached.ends_at:%Y-%m-%d}.",
            CERTIFICATES,
        )
