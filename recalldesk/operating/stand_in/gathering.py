"""Gathers every page and file of a stand-in, by following its links.

Guarantees: what is gathered is whole: each link on this site leads to a file in it; no page has a
form; nothing of the desk, of a claim or of the API is in it. Where that is not so, nothing is
given, and the error says which page leads where.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override

from recalldesk.notices.embedding import Embed
from recalldesk.notices.published import versions_published
from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.asking import Answered, Pages
from recalldesk.operating.stand_in.links import (
    Links,
    links_of_page,
    links_of_styles,
    path_on_this_site,
)
from recalldesk.portal.stand_in import StandIn
from recalldesk.portal.subject import brands_of
from recalldesk.recalls.reads import LiveRecall

PAGE, STYLES = "text/html", "text/css"
MISSING = "404.html"
ROBOTS = "robots.txt"
ALL_MAY_READ = b"User-agent: *\nAllow: /\n"
SHOWN = frozenset(
    {
        "portal_root:choose_language",
        "portal_root:theme",
        "portal_root:logo",
        "portal_root:picture",
        "cpsc_feed",
        *(
            f"portal:{name}"
            for name in (
                "home",
                "check_any",
                "danger_any",
                "feed",
                "recall",
                "recall_version",
                "poster",
                "press_release",
                "brand_poster",
                "brand_press_release",
                "check",
                "brand_check",
                "danger",
                "brand_danger",
                "shops",
                "embedded_banner",
                "embedded_check",
            )
        ),
    }
)
"""The names of the addresses that a stand-in has; besides them static files."""
Files = dict[str, bytes]


def gathered(stand_in: StandIn, recalls: list[LiveRecall]) -> Files:
    """The files, by their path below the folder. Raises StandInProblem."""
    pages = Pages(stand_in)
    missing = pages.get(f"/{MISSING}")
    if missing.status != 404:
        raise StandInProblem(f"/{MISSING} is answered with {missing.status}.", "Is DEBUG on?")
    files: Files = {ROBOTS: ALL_MAY_READ, MISSING: missing.body}
    waiting = deque((address, "the list of all pages") for address in _addresses(recalls))
    waiting += _leads_to(missing, f"/{MISSING}")
    seen = set[str]()
    while waiting:
        path, found_on = waiting.popleft()
        if path not in seen:
            seen.add(path)
            answered = _asked(pages, path, found_on)
            files[_file_of(path, answered)] = answered.body
            waiting += _leads_to(answered, path)
    return files


def _addresses(recalls: list[LiveRecall]) -> Iterator[str]:
    """What is there whether or not a page leads to it."""
    yield reverse("portal_root:choose_language")
    yield reverse("cpsc_feed")
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from [reverse(f"portal:{each}") for each in ("home", "check_any", "feed")]
            yield reverse("portal:danger_any")
            for live in recalls:
                yield from _of_recall(live)


def _of_recall(live: LiveRecall) -> list[str]:
    of_brands = [
        address
        for subject in brands_of(live)
        for address in (subject.recall_url, subject.check_url, subject.danger_url)
    ]
    versions = [
        reverse("portal:recall_version", args=[live.slug, version.number])
        for version in versions_published(live.slug)
    ]
    framed = [reverse(f"portal:embedded_{each}", args=[live.slug]) for each in Embed]
    return of_brands + versions + framed


def _asked(pages: Pages, path: str, found_on: str) -> Answered:
    if not _is_shown(path):
        raise StandInProblem(
            f"{found_on} leads to {path}, which a stand-in does not have.",
            "That is a fault of this program: please report it.",
        )
    answered = pages.get(path)
    if answered.status != 200:
        raise StandInProblem(
            f"{path}, to which {found_on} leads, is answered with {answered.status}.",
            "Are the static files collected, and does RECALLDESK_HOSTS name the public address?",
        )
    return answered


def _is_shown(path: str) -> bool:
    if path.startswith(settings.STATIC_URL):
        return True
    try:
        with override(get_language_from_path(path)):
            match: Any = resolve(path)
    except Resolver404:
        return False
    return match.view_name in SHOWN


def _leads_to(answered: Answered, page: str) -> list[tuple[str, str]]:
    links = _links(answered)
    if links.has_form:
        raise StandInProblem(
            f"{page} has a form, and a stand-in answers nothing.",
            "That is a fault of this program: please report it.",
        )
    paths = (path_on_this_site(address, page=page) for address in links.addresses)
    return [(path, page) for path in paths if path is not None]


def _links(answered: Answered) -> Links:
    if answered.kind == PAGE:
        return links_of_page(answered.body.decode())
    if answered.kind == STYLES:
        return links_of_styles(answered.body.decode())
    return Links((), has_form=False)


def _file_of(path: str, answered: Answered) -> str:
    """Where a plain web server looks for it: a page is the index of a folder of its name."""
    name = PurePosixPath(path.lstrip("/"))
    if answered.kind == PAGE:
        name /= "index.html"
    if ".." in name.parts or "%" in path or "?" in path:
        raise StandInProblem(
            f"{path} cannot be the name of a file.",
            "That is a fault of this program: please report it.",
        )
    return str(name)
