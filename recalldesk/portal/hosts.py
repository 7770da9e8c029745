"""Which brands a host name belongs to, and what its pages show first.

Guarantees: a host name only orders and frames: no recall is ever left out under any. A page of a
recall is framed by the recall's own brand, whose people answer for it, at whatever host. The pages
of a stand-in count as asked at the host name that it is written for; one that is shown under every
host name counts as asked at none.
"""

from collections.abc import Iterable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from recalldesk.portal.search import Found, all_products
from recalldesk.portal.stand_in import stand_in_of
from recalldesk.portal.subject import Subject, brands_of, find_subject
from recalldesk.recalls.reads import LiveRecall, known_recalls


def host_of(request: HttpRequest) -> str:
    """The host name asked at, without its port; empty where it is none of ours, and for a stand-in
    that is shown under every host name of the installation."""
    stand_in = stand_in_of(request)
    if stand_in is not None:
        return stand_in.host
    try:
        return request.get_host().partition(":")[0].lower()
    except DisallowedHost:
        return ""  # the page that says so is made all the same


def brands_at(host: str, recalls: list[LiveRecall]) -> tuple[Subject, ...]:
    """Each recall under each brand to which the host name belongs, in the order of the recalls."""
    return tuple(
        subject
        for live in recalls
        for subject in brands_of(live)
        if host and host in subject.brand.hosts
    )


def is_here(live: LiveRecall, host: str) -> bool:
    """Whether one of the recall's brands has the host name."""
    return bool(brands_at(host, [live]))


def is_anothers(request: HttpRequest, subjects: Iterable[Subject]) -> bool:
    """Whether it is asked at a brand's host, and what is told is of none of its recalls."""
    host = host_of(request)
    told = [subject.live for subject in subjects]
    here = any(is_here(live, host) for live in told)
    return bool(told) and not here and bool(brands_at(host, known_recalls()))


def under_brand_here(request: HttpRequest, subject: Subject) -> Subject:
    """The recall under the brand whose host it is asked at; as it is where none of it has that."""
    return next(iter(brands_at(host_of(request), [subject.live])), subject)


def subject_here(request: HttpRequest, slug: str) -> Subject | None:
    """A recall whose address names no brand: under the brand whose host it is asked at, else under
    its first. None where there is no such recall."""
    subject = find_subject(slug)
    return None if subject is None else under_brand_here(request, subject)


def products_here(request: HttpRequest) -> tuple[Found, ...]:
    """Every recalled product, those of the host's brands first."""
    return all_products(known_recalls(), first=host_of(request))
