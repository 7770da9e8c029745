"""Which addresses are public pages of a recall, and of which kind.

Guarantee: the program's own count and that of a log take the same addresses for pages: those of
the owners' pages that name a recall, and none that is made for machines, framed on a shop's page or
of one owner.
"""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override

from recalldesk.publicity.states import PageKind

_UNDER_BRANDS: Mapping[str, PageKind] = {
    "check": PageKind.CHECK,
    "begin": PageKind.CLAIM,
    "list": PageKind.LIST,
    "danger": PageKind.DANGER,
    "incident": PageKind.INCIDENT,
    "disposal": PageKind.DISPOSAL,
    "unreadable": PageKind.UNREADABLE,
    "poster": PageKind.PAPER,
    "press_release": PageKind.PAPER,
}
PAGES: Mapping[str, PageKind] = {
    "portal:recall": PageKind.NOTICE,
    "portal:recall_version": PageKind.NOTICE,
    "portal:shops": PageKind.SHOPS,
    "portal:privacy": PageKind.PRIVACY,
    **{f"portal:{name}": kind for name, kind in _UNDER_BRANDS.items()},
    **{f"portal:brand_{name}": kind for name, kind in _UNDER_BRANDS.items()},
}
"""By the names of addresses."""
ANSWERED = frozenset({200, 304})
"""The page was given, or is the same that the browser has."""
REMEMBERED = 4_096
LONGEST_PATH = 500

Page = tuple[str, PageKind]
"""The recall's name in addresses, and the kind."""


def page_of(match: ResolverMatch) -> Page | None:
    """The page that an address leads to; None where it is none of a recall's."""
    kind = PAGES.get(match.view_name)
    return None if kind is None else (match.kwargs["slug"], kind)


def page_at(target: str) -> Page | None:
    """The same by the address as a log has it, with what follows the question mark or without."""
    path = target.partition("?")[0].partition("#")[0]
    if "/recalls/" not in path or len(path) > LONGEST_PATH:
        return None
    return _page_at(path)


@lru_cache(maxsize=REMEMBERED)
def _page_at(written: str) -> Page | None:
    path = unquote(written)
    if not path.startswith("/"):  # asked of a proxy by the whole address
        path = "/" + path.partition("://")[2].partition("/")[2]
    language = get_language_from_path(path)
    if language is None:
        return None
    try:
        with override(language):
            return page_of(resolve(path))
    except Resolver404:
        return None
