"""Where pages stand, for links that are written outside a request.

Guarantee: in production such a link leads to an address or a host name that was set.
"""

from collections.abc import Iterable

from django.conf import settings


def site_at(named: str, *, hosts: Iterable[str] = (), machine: str = "127.0.0.1") -> str:
    """The address named, without a slash at the end. Where it is empty: outside production this
    machine, under the name given; else the first of `hosts` and of RECALLDESK_HOSTS."""
    address = named.rstrip("/")
    if address:
        return address
    if not settings.IS_PRODUCTION:
        return f"http://{machine}:{settings.ENVIRONMENT.port}"
    return f"https://{(*hosts, *settings.ALLOWED_HOSTS)[0].lstrip('.')}"
