"""Under which host names requests are answered, and where the desk is.

Guarantees: a host name of a live version's brand is answered under from the moment it is published,
whatever the settings name; no other name is. Where the desk has an address of its own, it is at no
other.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase

from recalldesk.config.desk_middleware import is_the_desks
from recalldesk.config.host_names import host_in
from recalldesk.portal.views.errors import not_found
from recalldesk.recalls.reads import DATABASE_AWAY, known_recalls

Answer = Callable[[HttpRequest], HttpResponseBase]


def brands_hosts(get_response: Answer) -> Answer:
    """Middleware that takes a brand's host name for one of ours.

    A name is looked for only where the settings do not have it; once found it stays until the
    process ends, also where a later version has it no more.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        host = split_domain_port(request.META.get("HTTP_HOST", ""))[0]
        if host and not validate_host(host, settings.ALLOWED_HOSTS) and _is_a_brands(host):
            settings.ALLOWED_HOSTS.append(host)
        return get_response(request)

    return answer


def _is_a_brands(host: str) -> bool:
    try:
        recalls = known_recalls()
    except DATABASE_AWAY:
        return False
    return any(host in brand.hosts for live in recalls for brand in live.document.brands)


def desk_at_its_own(get_response: Answer) -> Answer:
    """Middleware: there is no desk but at its own host, where it has one; elsewhere nothing tells
    that there is any."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        desk = host_in(settings.ENVIRONMENT.desk_address)
        if desk and is_the_desks(request) and split_domain_port(request.get_host())[0] != desk:
            return not_found(request, Http404())
        return get_response(request)

    return answer
