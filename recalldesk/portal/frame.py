"""What stands around every page: whose page it is, the way to a person, the other languages.

Guarantee: the frame is made even when the database cannot be reached, with the telephone numbers
that were known last.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from recalldesk.portal.subject import Subject, find_subject, subject_of
from recalldesk.portal.theme import logo_url, theme_url
from recalldesk.recalls.document.firm import Brand, Firm
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, known_recalls


@dataclass(frozen=True)
class PersonLine:
    """One telephone number behind which there are people."""

    name: str
    phone: str
    phone_shown: str
    email: str
    hours: dict[str, str]


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    url: str


@dataclass(frozen=True)
class Frame:
    """Whose page it is. `lines` is empty only before this process read any recall.

    `asked` holds the fields of the form that the page answers, by name: its other languages are
    asked for by sending them again.
    """

    name: str
    monogram: str
    logo_url: str
    home_url: str
    theme_url: str
    danger_url: str
    lines: tuple[PersonLine, ...]
    languages: tuple[LanguageLink, ...]
    firm: Firm | None = None
    asked: tuple[tuple[str, str], ...] = ()


def line_of(brand: Brand) -> PersonLine:
    """The people behind a brand."""
    return PersonLine(brand.name, brand.phone, brand.phone_shown, brand.email, brand.hours)


def all_lines(recalls: list[LiveRecall]) -> tuple[PersonLine, ...]:
    """The people behind all brands; brands that share a number stand on one line."""
    lines: dict[str, PersonLine] = {}
    for live in recalls:
        for brand in live.document.brands:
            line = lines.setdefault(brand.phone, line_of(brand))
            if brand.name not in line.name.split(", "):
                lines[brand.phone] = replace(line, name=f"{line.name}, {brand.name}")
    return tuple(lines.values())


def language_links(request: HttpRequest, path: str = "") -> tuple[LanguageLink, ...]:
    """The same page, or `path` where the page is the answer to a form, in each other language."""
    current = get_language()
    links = []
    for code, name in settings.LANGUAGES:
        if code == current:
            continue
        here = path or request.path
        url = translate_url(here, code)
        if url == here:
            with override(code):
                url = reverse("portal:home")
        links.append(LanguageLink(code, name, url))
    return tuple(links)


def frame_of(request: HttpRequest, subject: Subject, path: str = "") -> Frame:
    """The frame of a brand's page. `path` is the page that the language links lead to."""
    return Frame(
        name=gettext("%(brand)s recalls") % {"brand": subject.brand.name},
        monogram=subject.brand.monogram,
        logo_url=logo_url(subject),
        home_url=reverse("portal:home"),
        theme_url=theme_url(subject),
        danger_url=subject.danger_url,
        lines=(line_of(subject.brand),),
        languages=language_links(request, path),
        firm=subject.document.firm,
    )


def neutral_frame(request: HttpRequest, lines: tuple[PersonLine, ...], path: str = "") -> Frame:
    """The frame of a page that belongs to no single brand."""
    return Frame(
        name=gettext("Product recalls"),
        monogram="R",
        logo_url="",
        home_url=reverse("portal:home"),
        theme_url="",
        danger_url=reverse("portal:danger_any"),
        lines=lines,
        languages=language_links(request, path),
    )


def _host_subject(request: HttpRequest, recalls: list[LiveRecall]) -> Subject | None:
    """The brand of the only recall, or the brand to which the host name belongs."""
    if len(recalls) == 1 and len(recalls[0].document.brands) == 1:
        return subject_of(recalls[0])
    try:
        host = request.get_host().partition(":")[0].lower()
    except DisallowedHost:
        return None  # the page that says so is made all the same
    for live in recalls:
        for brand in live.document.brands:
            if host in brand.hosts:
                return Subject(live, brand)
    return None


def general_frame(request: HttpRequest, path: str = "") -> Frame:
    """The frame of a page about no particular recall."""
    try:
        recalls = known_recalls()
    except DATABASE_AWAY:
        recalls = []  # this process has never read any
    subject = _host_subject(request, recalls)
    if subject is None:
        return neutral_frame(request, all_lines(recalls), path)
    general = reverse("portal:danger_any")
    return replace(frame_of(request, subject, path), danger_url=general)


def frame_of_address(request: HttpRequest) -> Frame:
    """The frame that follows from the address alone."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    try:
        subject = find_subject(named.get("slug", ""), named.get("brand", ""))
    except DATABASE_AWAY:
        subject = None
    return frame_of(request, subject) if subject else general_frame(request)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, made only where a view has not given one."""
    return {"frame": SimpleLazyObject(lambda: frame_of_address(request))}
