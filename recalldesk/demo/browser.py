"""A browser with no screen and no script, for the tour: pages, forms, one cookie jar.

Guarantee: it sends what a browser would send of a page that it was given, and nothing else.
"""

import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

PATIENCE = 30
"""Seconds that one page may take."""
SENT_ALONE = frozenset({"submit", "button", "image", "reset"})


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what it would send untouched."""

    action: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The names of all that can be filled in, ticked or chosen."""
        return {*self.fields, *self.boxes, *self.choices, *self.files}


class _Forms(HTMLParser):
    """Gathers the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._selected = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a form, or adds a field to the one that is open."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        if not self.forms:
            return
        name = said.get("name", "")
        if tag == "select" and name:
            self._selected = name
            self.forms[-1].choices[name] = []
        elif tag == "option" and self._selected:
            self._option(said, is_selected="selected" in said)
        elif tag == "textarea" and name:
            self._area = name
            self.forms[-1].fields[name] = ""
        elif tag in ("input", "button") and name:
            self._input(said, name, said.get("type", "submit" if tag == "button" else "text"))

    def _option(self, said: Mapping[str, str], *, is_selected: bool) -> None:
        form, value = self.forms[-1], said.get("value", "")
        form.choices[self._selected].append(value)
        if is_selected or self._selected not in form.fields:
            form.fields[self._selected] = value

    def _input(self, said: Mapping[str, str], name: str, kind: str) -> None:
        form, value = self.forms[-1], said.get("value", "")
        if kind in SENT_ALONE:
            form.buttons[name] = value
        elif kind == "file":
            form.files.append(name)
        elif kind == "checkbox":
            form.boxes[name] = value or "on"
            if "checked" in said:
                form.fields[name] = value or "on"
        elif kind == "radio":
            form.choices.setdefault(name, []).append(value)
            if "checked" in said:
                form.fields[name] = value
        else:
            form.fields[name] = value

    def handle_data(self, data: str) -> None:
        """What stands in a text area."""
        if self._area is not None:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Closes a list or a text area."""
        if tag == "select":
            self._selected = ""
        elif tag == "textarea":
            self._area = None


@dataclass(frozen=True)
class Page:
    """A page as it came: its address after all redirects, its text, and how long it took."""

    address: str
    status: int
    text: str
    milliseconds: float

    @property
    def forms(self) -> list[Form]:
        """Its forms, in their order."""
        found = _Forms()
        found.feed(self.text)
        return found.forms

    def form_with(self, *names: str) -> Form:
        """The first form that has all these fields. Raises LookupError."""
        for form in self.forms:
            if form.names.issuperset(names):
                return form
        raise LookupError(f"no form with {', '.join(names)}")

    def form_to(self, ending: str) -> Form:
        """The first form that goes to an address with this ending. Raises LookupError."""
        for form in self.forms:
            if urllib.parse.urlsplit(form.action).path.endswith(ending):
                return form
        raise LookupError(f"no form to {ending}")

    def form_of_a_button(self) -> Form:
        """The first form that asks for nothing and comes back to the page. Raises LookupError."""
        for form in self.forms:
            if form.method == "post" and not form.action and not form.names:
                return form
        raise LookupError("no form of a button alone")


class Browser:
    """Goes from page to page of one site."""

    def __init__(self, site: str, *, client: str = "") -> None:
        """`client`: the address from which a proxy of the site's own says that it asks."""
        self._site = site
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        if client:
            self._opener.addheaders.append(("X-Forwarded-For", client))

    def open(self, address: str) -> Page:
        """A page by its address, or its path."""
        return self._asked(urllib.request.Request(self._whole(address)))  # noqa: S310 - our own site

    def send(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> Page:
        """Fills in a form of a page, and sends it."""
        fields = form.fields | dict(values or {})
        action = urllib.parse.urljoin(page.address, form.action or page.address)
        if form.method == "get":
            return self.open(f"{action}?{urllib.parse.urlencode(fields)}")
        if files:
            kind, body = _multipart(fields, files)
        else:
            kind = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(fields).encode()
        return self._asked(
            urllib.request.Request(  # noqa: S310 - our own site
                action, data=body, headers={"Content-Type": kind, "Origin": self._site}
            )
        )

    def _whole(self, address: str) -> str:
        return urllib.parse.urljoin(self._site + "/", address)

    def _asked(self, request: urllib.request.Request) -> Page:
        began = time.perf_counter()
        try:
            answer = self._opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode("utf-8", "replace")
            took = (time.perf_counter() - began) * 1000
            return Page(answer.url, answer.status or 0, text, took)


def _multipart(fields: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The type and the body of a form with files."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    for name, picture in files.items():
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="photo.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        parts.append(head.encode() + picture + b"\r\n")
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + f"--{edge}--\r\n".encode()
