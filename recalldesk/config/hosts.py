"""Under which host names requests are answered, and where the desk is.

Guarantees: a host name of a live version's brand is answered under within a second of being
published, whatever the settings name; no other name is. While nobody can know whose a name is,
since this process never reached the database, any is answered under: what to do about a dangerous
product is then said, all else is 503. Whoever brings the token for figures is answered under any.
Where the desk has an address of its own, it is at no other.
"""

from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase

from recalldesk.config.desk_middleware import is_the_desks
from recalldesk.config.host_names import host_in
from recalldesk.metrics.page import is_let_in
from recalldesk.portal.views.errors import not_found
from recalldesk.recalls.document.firm import is_host_name
from recalldesk.recalls.reads import DATABASE_AWAY, known_recalls

Answer = Callable[[HttpRequest], HttpResponseBase]
READ_EVERY = 1.0
"""Seconds for which the names are not read again: any name may be asked for, as often as anybody
likes, before a limit is met."""


class _Brands:
    """The host names of the live versions' brands as they were read last, and when."""

    hosts: frozenset[str] = frozenset()
    read_at: float | None = None


def forget() -> None:
    """The names are read again at the next request that needs them."""
    _Brands.read_at = None


def brands_hosts(get_response: Answer) -> Answer:
    """Middleware that takes a brand's host name for one of ours.

    A name is looked for only where the settings do not have it; once found it stays until the
    process ends, also where a later version has it no more.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        host = split_domain_port(request.META.get("HTTP_HOST", ""))[0]
        if is_let_in(request):
            _answer_under_any_name(request)
        elif host and not validate_host(host, settings.ALLOWED_HOSTS):
            _take(request, host)
        return get_response(request)

    return answer


def _answer_under_any_name(request: HttpRequest) -> None:
    """For this request alone. Whoever watches asks by the address of the machine."""
    request.get_host = lambda: "watching"  # type: ignore[method-assign]  # of this request alone


def _take(request: HttpRequest, host: str) -> None:
    try:
        hosts = _hosts_of_brands()
    except DATABASE_AWAY:
        named = request.META["HTTP_HOST"]
        request.get_host = lambda: named  # type: ignore[method-assign]  # of this request alone
        return
    if host in hosts:
        settings.ALLOWED_HOSTS.append(host)


def _hosts_of_brands() -> frozenset[str]:
    """Raises what the database raised where none was ever read."""
    now = monotonic()
    if _Brands.read_at is None or now - _Brands.read_at >= READ_EVERY:
        recalls = known_recalls()
        brands = [brand for live in recalls for brand in live.document.brands]
        hosts = (host for brand in brands for host in brand.hosts)
        _Brands.hosts = frozenset(
            filter(is_host_name, hosts)
        )  # in the settings others are patterns
        _Brands.read_at = now
    return _Brands.hosts


def desk_at_its_own(get_response: Answer) -> Answer:
    """Middleware: there is no desk but at its own host, where it has one; elsewhere nothing tells
    that there is any."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        desk = host_in(settings.ENVIRONMENT.desk_address)
        if desk and is_the_desks(request) and split_domain_port(request.get_host())[0] != desk:
            return not_found(request, Http404())
        return get_response(request)

    return answer
