"""What stands around every page: whose page it is, the way to a person, the other languages.

Guarantee: the frame is made even when the database cannot be reached, with the telephone numbers
that were known last.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from recalldesk.portal.hosts import brands_at, host_of, subject_here
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.subject import Subject, brands_of, find_subject
from recalldesk.portal.theme import logo_url, theme_url
from recalldesk.recalls.document.firm import Brand, Firm
from recalldesk.recalls.reads import DATABASE_AWAY, known_recalls

FOR_ALL_BRANDS = frozenset({"recall", "recall_version", "privacy"})
"""Pages of a recall that are the same for all its brands, but for the frame."""


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
class Embedded:
    """A page that stands in a frame on a shop's page: where its check is sent, with the shop."""

    check_url: str
    shop: str


@dataclass(frozen=True)
class Frame:
    """Whose page it is. `lines` is empty only before this process read any recall.

    `is_stand_in`: the page is shown by whoever stands in for this site, and answers nothing.
    `asked` holds the fields of the form that the page answers, by name: its other languages are
    asked for by sending them again. `embedded`: the page stands in a frame on somebody else's.
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
    is_stand_in: bool = False
    embedded: Embedded | None = None

    @property
    def base(self) -> str:
        """The template that stands around the page."""
        return "portal/embed/base.html" if self.embedded else "portal/base.html"

    @property
    def incident_url(self) -> str:
        """Where what happened is told, of no particular recall."""
        return reverse("portal:incident_any")

    @property
    def check_action(self) -> str:
        """Where the form of a check is sent."""
        return self.embedded.check_url if self.embedded else reverse("portal:check_any")


def line_of(brand: Brand) -> PersonLine:
    """The people behind a brand."""
    return PersonLine(brand.name, brand.phone, brand.phone_shown, brand.email, brand.hours)


def lines_of(subjects: Iterable[Subject]) -> tuple[PersonLine, ...]:
    """The people behind brands; brands that share a number stand on one line."""
    lines: dict[str, PersonLine] = {}
    for brand in (subject.brand for subject in subjects):
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
        is_stand_in=is_stand_in(request),
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
        is_stand_in=is_stand_in(request),
    )


def general_frame(request: HttpRequest, path: str = "") -> Frame:
    """The frame of a page about no particular recall: that of the brand whose host it is asked at,
    with the people behind each recall of it. Where several brands share the host, or none has it,
    it is nobody's, with the people of those brands, or of all."""
    try:
        recalls = known_recalls()
    except DATABASE_AWAY:
        recalls = []  # this process has never read any
    every = tuple(subject for live in recalls for subject in brands_of(live))
    subjects = brands_at(host_of(request), recalls) or every
    lines = lines_of(subjects)
    if len({subject.brand.name for subject in subjects}) != 1:
        return neutral_frame(request, lines, path)
    general = reverse("portal:danger_any")
    return replace(frame_of(request, subjects[0], path), danger_url=general, lines=lines)


def frame_of_address(request: HttpRequest) -> Frame:
    """The frame that follows from the address alone."""
    match = request.resolver_match
    named = match.kwargs if match else {}
    slug, brand = named.get("slug", ""), named.get("brand", "")
    is_for_all = match is not None and match.url_name in FOR_ALL_BRANDS
    try:
        subject = subject_here(request, slug) if is_for_all else find_subject(slug, brand)
    except DATABASE_AWAY:
        subject = None
    if subject is None:
        return general_frame(request)
    framed = frame_of(request, subject)
    if is_for_all and host_of(request) not in subject.brand.hosts:
        return replace(framed, lines=lines_of(brands_of(subject.live)))
    return framed


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, made only where a view has not given one."""
    return {"frame": SimpleLazyObject(lambda: frame_of_address(request))}
