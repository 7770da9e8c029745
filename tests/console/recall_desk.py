"""Somebody of the desk with the pages of a recall before them."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.models import Staff
from tests.at_the_desk import main_of, sign_in

SLUG = "kettle-k20"


class _Hidden(HTMLParser):
    """The hidden fields of a page and the fields with a value, by form action."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._form = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = named.get("action", "")
            self.forms.setdefault(self._form, {})
        elif tag == "input" and self._form and named.get("name"):
            self.forms[self._form][named["name"]] = named.get("value", "")


@dataclass
class AtDesk:
    """A person, and the version's pages as they get them."""

    client: Client
    number: int = 1
    slug: str = SLUG

    @property
    def path(self) -> str:
        return f"/desk/recalls/{self.slug}/versions/{self.number}/"

    def answer(self) -> HttpResponse:
        return self.client.get(self.path)

    def page(self) -> str:
        """The main part of the version's page, with its spaces as a reader sees them."""
        return " ".join(main_of(self.answer()).split())

    def forms(self) -> dict[str, dict[str, str]]:
        """What the forms of the page would send, by the last part of where."""
        read = _Hidden()
        read.feed(self.answer().content.decode())
        return {
            action.removeprefix(self.path).rstrip("/"): fields
            for action, fields in read.forms.items()
            if action.startswith(self.path)
        }

    def press(self, what: str, **typed: str) -> HttpResponse:
        """Sends the form of this name as it stands on the page, with what is typed."""
        return self.send(what, self.forms()[what] | typed)

    def send(self, what: str, fields: dict[str, str]) -> HttpResponse:
        """Sends a form, also one that the page does not show."""
        return self.client.post(f"{self.path}{what}/", fields)


def at_desk(person: Staff, number: int = 1) -> AtDesk:
    """The person, signed in."""
    return AtDesk(sign_in(Client(), person), number)
