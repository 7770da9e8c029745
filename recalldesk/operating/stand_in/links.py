"""Where a page or a stylesheet leads to. Pure.

Guarantee: every address that a browser would follow or load by itself is found.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ADDRESSES = frozenset({"href", "src", "poster", "data", "action", "formaction"})
SEVERAL = "srcset"
_GOES_ON = re.compile(r"""[\d.\s]*[;,\s]\s*(?:url\s*=\s*)?['"]?([^'"\s]+)""", re.IGNORECASE)
"""The content of a refresh that names another page: seconds, then the address."""
_IN_STYLES = re.compile(r"""url\(\s*['"]?([^'")\s]+)""")


@dataclass(frozen=True)
class Links:
    """What was found: addresses as they stand there, and whether anything can be sent."""

    addresses: tuple[str, ...]
    has_form: bool


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.has_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_form = self.has_form or tag == "form"
        for name, value in attrs:
            if name in ADDRESSES:
                self.addresses.append(value or "")
            elif name == SEVERAL:
                entries = (entry.split() for entry in (value or "").split(","))
                self.addresses += [entry[0] for entry in entries if entry]
        if tag == "meta":
            self._read_refresh({name: value or "" for name, value in attrs})

    def _read_refresh(self, named: dict[str, str]) -> None:
        if named.get("http-equiv", "").lower() == "refresh":
            found = _GOES_ON.match(named.get("content", "").strip())
            self.addresses += [found[1]] if found else []


def links_of_page(html: str) -> Links:
    """Those of a page."""
    reader = _Reader()
    reader.feed(html)
    return Links(tuple(reader.addresses), reader.has_form)


def links_of_styles(css: str) -> Links:
    """Those of a stylesheet."""
    return Links(tuple(_IN_STYLES.findall(css)), has_form=False)


def path_on_this_site(address: str, *, page: str) -> str | None:
    """The path, with its query, of an address that names no host; None for one that leads elsewhere
    or nowhere (another host, tel:, mailto:, data:, a place on the page itself)."""
    split = urlsplit(address)
    if split.scheme or split.netloc or (address.startswith("#")):
        return None
    joined = urlsplit(urljoin(page, address))
    return f"{joined.path}?{joined.query}" if joined.query else joined.path
