"""The notice of a recall as a page, its old versions, and the feed of all of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.foundation.page_policy import PAGE_THAT_IS_SOUGHT
from recalldesk.notices.addresses import page_address, picture_address
from recalldesk.notices.atom import CONTENT_TYPE, atom_feed
from recalldesk.notices.changes import changes_between
from recalldesk.notices.lines import company_in_words, role_in_words
from recalldesk.notices.linked_data import linked_data
from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.kinds import Paper
from recalldesk.notices.published import (
    Published,
    every_version_published,
    published_of,
    versions_published,
)
from recalldesk.notices.writing import notice_of
from recalldesk.portal.hints import readings_of
from recalldesk.portal.hosts import subject_here
from recalldesk.portal.subject import Subject, brands_of, subject_of
from recalldesk.portal.views.answering import page, public_page
from recalldesk.portal.views.checks import offered_in
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.units.public_scope import public_ranges


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def notice_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The page of the live version."""
    published = published_of(subject.live)
    notice = notice_of(published, _language())
    address = page_address(published, _language())
    picture_at = partial(picture_address, published)
    more = {
        "data": linked_data(notice, address=address, picture_at=picture_at),
        "card": _card(notice, picture_at),
    }
    response = page(request, "recall.html", page_values(subject, published, notice) | more)
    response["Content-Security-Policy"] = PAGE_THAT_IS_SOUGHT
    return response


def _card(notice: Notice, picture_at: Callable[[str], str]) -> dict[str, Any] | None:
    """The picture that networks show beside a link to the page; None where there is none."""
    for product in notice.products:
        for picture in product.photos:
            return {"picture": picture, "address": picture_at(picture.largest.digest)}
    return None


def page_values(subject: Subject, published: Published, notice: Notice) -> dict[str, Any]:
    """What the page of any version needs."""
    known = dict(settings.LANGUAGES)
    spoken = [code for code in subject.document.languages if code in known]
    return {
        "subject": subject,
        "notice": notice,
        "products": list(zip(subject.document.products, notice.products, strict=True)),
        "contacts": notice.contacts,
        "brands": sorted(brands_of(subject.live), key=lambda each: each.brand != subject.brand),
        "offers": offered_in(subject, ""),
        "readings": readings_of(subject.document.products),
        "public_ranges": public_ranges(subject.live),
        "companies": [
            (role_in_words(company.role), company_in_words(company)) for company in notice.companies
        ],
        "firm_role": role_in_words(notice.firm_role) if notice.firm_role else "",
        "canonical": page_address(published, _language()),
        "alternates": [(code, page_address(published, code)) for code in spoken],
        "earlier": _earlier(published.slug),
        "papers": [(paper, paper.shown) for paper in Paper],
    }


def _earlier(slug: str) -> list[Published]:
    """The versions before the live one, the newest first; none while the database is away."""
    try:
        return [each for each in reversed(versions_published(slug)) if not each.is_live]
    except DATABASE_AWAY:
        return []


@public_page
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What one version said, also after another took its place."""
    subject = subject_here(request, slug)
    if subject is None:
        raise Http404(slug)
    published = next((v for v in versions_published(slug) if v.number == number), None)
    if published is None:
        raise Http404(slug)
    if published.is_live:
        return notice_page(request, subject)
    notice = notice_of(published, _language())
    now = notice_of(published_of(subject.live), notice.language)
    values = page_values(_as_it_was(subject, published), published, notice)
    more = {"old": published, "live": subject, "changes": changes_between(notice, now)}
    more["contacts"] = now.contacts  # who is called today
    return page(request, "recall.html", values | more)


def _as_it_was(subject: Subject, published: Published) -> Subject:
    """The recall as the version had it."""
    live = replace(
        subject.live,
        version=published.number,
        version_id=published.version_id,
        published_at=published.published_at,
        document=published.document,
    )
    return subject_of(live, subject.brand.key)


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """Every version that was published, as Atom: the same feed at each host name."""
    site = request.build_absolute_uri(reverse("portal:home"))
    text = atom_feed(every_version_published(), language=_language(), site=site)
    return HttpResponse(text, content_type=CONTENT_TYPE)
