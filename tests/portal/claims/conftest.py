"""An owner who files a claim by the pages, as a browser without a script sends it."""

import io
import random
import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from pytest_django import Settings

from recalldesk.claims.models import Filing
from recalldesk.portal.uploading import upload_limits
from tests.cast import photos_in
from tests.portal.conftest import Owner

ORIGIN = {"Origin": "http://testserver"}
NAMED = {"name": "Made-up Owner", "email": "made.up@example.org", "phone": ""}
ADDRESS = {
    "street_address": "1 Example Street",
    "city": "Springfield",
    "country_area": "CA",
    "postal_code": "90001",
}
AGREED = {"agree-disposal": "1", "agree-truth": "1", "agree-adult": "1"}


def made_up_photo(seed: int = 1, kind: str = "JPEG") -> bytes:
    """A small picture of noise."""
    picture = Image.frombytes("RGB", (320, 240), random.Random(seed).randbytes(320 * 240 * 3))
    kept = io.BytesIO()
    picture.save(kept, kind)
    return kept.getvalue()


def photo_file(seed: int = 1, name: str = "photo.jpg") -> io.BytesIO:
    """The same as a file to choose."""
    file = io.BytesIO(made_up_photo(seed))
    file.name = name
    return file


class _Hidden(HTMLParser):
    """The hidden fields of each form, by where it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), {}))
        if tag == "input" and said.get("type") == "hidden" and self.forms:
            self.forms[-1][1][said["name"]] = said.get("value", "")


def hidden_of(page: HttpResponse, ending: str) -> dict[str, str]:
    """The hidden fields of the form that goes to such an address."""
    parser = _Hidden()
    parser.feed(page.content.decode().partition("<main")[2])
    return next(fields for action, fields in parser.forms if action.endswith(ending))


def words_of(page: HttpResponse) -> str:
    """What the page says, without its markup."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


class Claimant:
    """Somebody with a unit, on the way through a claim."""

    def __init__(self, owner: Owner, client: Client, recall: str = "anker-a1263") -> None:
        self.owner, self.client, self.recall = owner, client, recall
        self.language = "en"
        self.at = ""

    @property
    def begin_path(self) -> str:
        return f"/{self.language}/recalls/{self.recall}/claim"

    @property
    def filing(self) -> Filing:
        return Filing.objects.get(key=self.key)

    @property
    def key(self) -> str:
        return self.at.split("/claims/")[1].partition("/")[0]

    def path(self, step: str) -> str:
        return f"/{self.language}/claims/{self.key}/{step}"

    def begins(self, **fields: Any) -> HttpResponse:
        return self._arrived(self.client.post(self.begin_path, fields, headers=ORIGIN))

    def begins_with(self, serial: str, **fields: str) -> HttpResponse:
        """As from the answer to a check."""
        return self.begins(serial=serial, go_on="1", **fields)

    def sees(self, step: str, query: str = "") -> HttpResponse:
        return self.client.get(self.path(step) + query)

    def gives(self, step: str, fields: Mapping[str, Any], query: str = "") -> HttpResponse:
        return self._arrived(
            self.client.post(self.path(step) + query, dict(fields), headers=ORIGIN)
        )

    def sends_photos(self, **more: Any) -> HttpResponse:
        photos = {"label-1": photo_file(1), "marking-1": photo_file(2), "next": "1"}
        return self.gives("photos", photos | more)

    def fills_in(self, remedy: str = "gift-card") -> HttpResponse:
        """Everything up to the last page."""
        self.begins_with(self.owner.recalled())
        self.sends_photos()
        self.gives("you", NAMED)
        page = self.gives("remedy", {"remedy": remedy})
        return self.gives("details", ADDRESS) if remedy != "gift-card" else page

    def _arrived(self, page: HttpResponse) -> HttpResponse:
        if page.status_code == 303:
            self.at = page["Location"]
        return page


@pytest.fixture(autouse=True)
def _photos(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Photos lie in a folder of the test, and nobody has sent any yet."""
    settings.PHOTOS_FOLDER = tmp_path / "photos"
    settings.STORAGES = {**settings.STORAGES, "photos": photos_in(settings.PHOTOS_FOLDER)}
    upload_limits.forget()
    yield
    upload_limits.forget()


@pytest.fixture
def claimant(owner: Owner) -> Claimant:
    return Claimant(owner, owner.client)
