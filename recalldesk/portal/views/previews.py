"""The page and the papers of a version that is not published, for whoever holds a link to it.

Guarantees: kept by nobody and listed nowhere; every page of it says that it is not published, and
nothing on it checks, claims or tells of danger. Once the version is published the link leads there.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.foundation.page_policy import A_FILE
from recalldesk.notices.papers.branded import brand_keyed
from recalldesk.notices.papers.keeping import printed
from recalldesk.notices.papers.kinds import Kind, Paper, usual_paper
from recalldesk.notices.previews import Opened, opened_by, preview_of
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.pictures.reads import content_of, digests_of, pictures_of
from recalldesk.portal.frame import Frame, frame_of
from recalldesk.portal.subject import Subject, subject_of
from recalldesk.portal.theme import stylesheet
from recalldesk.portal.views.answering import page, refused
from recalldesk.portal.views.notices import page_values
from recalldesk.recalls.reads import LiveRecall

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Opened, str, P], HttpResponse]


def by_link(view: View[P]) -> Callable[..., HttpResponse]:
    """A page that a link opens; else the page which says that it opens nothing."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        opened = opened_by(token)
        if request.method not in ("GET", "HEAD"):
            response = refused(request, "GET", "HEAD")
        elif opened is None:
            response = page(request, "preview_over.html", {}, status=404)
        elif opened.version.published_at is not None:
            response = _to_what_was_published(opened)
        else:
            response = view(request, opened, token, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer


def _to_what_was_published(opened: Opened) -> HttpResponse:
    version = opened.version
    return HttpResponseRedirect(
        reverse("portal:recall_version", args=[version.recall.slug, version.number])
    )


@by_link
def preview(request: HttpRequest, opened: Opened, token: str) -> HttpResponse:
    """The recall's page, as the version would have it."""
    published = preview_of(opened.version)
    subject = subject_if_live(published)
    notice = notice_of(published, get_language() or settings.LANGUAGE_CODE)
    office = usual_paper(published.document.countries)
    named = [(Kind.PRESS_RELEASE, office), (Kind.TRADE_LETTER, office)]
    named += [(Kind.POSTER, each) for each in Paper]
    papers = [
        (reverse("portal:preview_paper", args=[token, kind, size]), kind, size)
        for kind, size in named
    ]
    values: dict[str, Any] = {
        "preview": opened,
        "preview_papers": papers,
        "preview_of_brands": _papers_of_brands(token, subject, office),
        "preview_token": token,
    }
    values |= page_values(subject, published, notice)
    return page(request, "recall.html", values, frame=frame_of_preview(request, subject, token))


def _papers_of_brands(
    token: str, subject: Subject, office: Paper
) -> list[tuple[str, list[tuple[str, Kind, Paper]]]]:
    """The papers of each brand alone, by its name; none where there is one brand."""
    brands = subject.document.brands
    named = [(Kind.PRESS_RELEASE, office), *((Kind.POSTER, each) for each in Paper)]
    return [
        (
            brand.name,
            [
                (reverse("portal:preview_brand_paper", args=[token, brand.key, *each]), *each)
                for each in named
            ],
        )
        for brand in (brands if len(brands) > 1 else ())
    ]


def subject_if_live(published: Published) -> Subject:
    """The recall as if the version were live, under its first brand."""
    live = LiveRecall(
        recall_id=published.recall_id,
        slug=published.slug,
        version=published.number,
        version_id=published.version_id,
        published_at=published.published_at,
        closed_at=published.closed_at,
        index_name="",
        document=published.document,
    )
    return subject_of(live)


def frame_of_preview(request: HttpRequest, subject: Subject, token: str) -> Frame:
    """The frame of the brand, its colour and logo from the version itself."""
    key = subject.brand.key
    return replace(
        frame_of(request, subject),
        theme_url=reverse("portal:preview_theme", args=[token, key]),
        logo_url=reverse("portal:preview_logo", args=[token, key]) if subject.brand.logo else "",
    )


@by_link
def paper(
    request: HttpRequest, opened: Opened, token: str, kind: str, size: str, brand: str = ""
) -> HttpResponse:
    """A poster, the press release or the letter to shops, marked as a draft; of one brand, or of
    all."""
    if kind not in list(Kind) or size not in list(Paper):
        raise Http404(kind)
    told = preview_of(opened.version)
    of_brand = brand_keyed(told, brand)
    if brand and of_brand is None:
        raise Http404(brand)
    language = get_language() or "en"
    made = printed(Kind(kind), Paper(size), told, language, brand=of_brand)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="draft-{quote(made.name)}"'
    return response


@by_link
def picture(request: HttpRequest, opened: Opened, token: str, digest: str) -> HttpResponse:
    """A picture that the version shows, in one width."""
    shown = pictures_of(opened.version).values()
    content = content_of(digest) if digest in digests_of(shown) else None
    if content is None:
        raise Http404(digest)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Security-Policy"] = A_FILE
    return response


@by_link
def theme(request: HttpRequest, opened: Opened, token: str, brand: str) -> HttpResponse:
    """The colour of a brand of the version."""
    accent = _of_brand(opened, brand).brand.accent
    return HttpResponse(stylesheet(accent), content_type="text/css; charset=utf-8")


@by_link
def logo(request: HttpRequest, opened: Opened, token: str, brand: str) -> HttpResponse:
    """The logo of a brand of the version; whatever it holds, nothing in it runs."""
    response = HttpResponse(_of_brand(opened, brand).brand.logo, content_type="image/svg+xml")
    response["Content-Security-Policy"] = A_FILE
    return response


def _of_brand(opened: Opened, brand: str) -> Subject:
    subject = subject_if_live(preview_of(opened.version))
    if all(each.key != brand for each in subject.document.brands):
        raise Http404(brand)
    return subject_of(subject.live, brand)
