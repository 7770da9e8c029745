"""An owner who sends the photo of a label after "look again", as by a browser without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from recalldesk.checks import counts
from recalldesk.checks.models import PhotoLook
from recalldesk.checks.photo_looks import take_reading
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoProblem
from recalldesk.portal.uploading import upload_limits
from recalldesk.reading.seen import LabelReading
from tests.cast import photos_in
from tests.portal.claims.conftest import hidden_of, photo_file, words_of
from tests.portal.conftest import Owner
from tests.reading_rows import of_no_use, read_as

PHOTO = "/en/check/photo"
ORIGIN = {"Origin": "http://testserver"}


@dataclass
class Looker:
    """Somebody whose serial is in doubt, with a camera."""

    owner: Owner
    seed: int = 0
    at: str = PHOTO
    """Where the answer of the photo that was sent last is shown."""

    def photographs(self, page: HttpResponse, **more: object) -> HttpResponse:
        """Sends a photo by the form of the page."""
        self.seed += 1
        path, hidden = photo_form_of(page)
        fields = hidden | {"photo": photo_file(self.seed)} | more
        answer = self.owner.client.post(path, fields, headers=ORIGIN)
        if answer.status_code == 303:
            self.at = answer["Location"]
        return answer

    def types(self, serial: str, **more: str) -> HttpResponse:
        """Another text for the same photo; the page that answers it."""
        answer = self.owner.sends(f"{self.at}/text", serial=serial, **more)
        return self.sees() if answer.status_code == 303 else answer

    def sees(self, path: str = "") -> HttpResponse:
        return self.owner.sees(path or self.at)

    @property
    def look(self) -> PhotoLook:
        """The one that is not over."""
        return PhotoLook.objects.exclude(state="ended").latest("pk")

    def is_told(self, reading: LabelReading | PhotoProblem | None) -> HttpResponse:
        """The photo is read like this, or is of no use, and the page loaded."""
        look = self.look
        photo = Photo.objects.get(evidence_set=look.evidence_set)
        if isinstance(reading, PhotoProblem):
            of_no_use(photo, reading)
        else:
            read_as(photo, reading)
        take_reading(evidence_set_id=look.evidence_set_id)
        return self.sees()

    def is_answered(self, serial: str, reading: LabelReading | None) -> HttpResponse:
        """From the check to the answer of the photo."""
        page = self.owner.checks(serial)
        assert self.photographs(page).status_code == 303
        return self.is_told(reading)


@pytest.fixture(autouse=True)
def _photos(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.PHOTOS_FOLDER = tmp_path / "photos"
    settings.STORAGES = {**settings.STORAGES, "photos": photos_in(settings.PHOTOS_FOLDER)}
    settings.CLAMD = "none"
    upload_limits.forget()
    counts.forget()
    yield
    upload_limits.forget()
    counts.forget()


@pytest.fixture
def looker(owner: Owner) -> Looker:
    return Looker(owner)


def photo_form_of(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """Where the form for a photo goes, and its hidden fields."""
    form = page.content.decode().partition('<form id="look-photo"')[2]
    path = form.partition(' action="')[2].partition('"')[0]
    return path, hidden_of(page, path)


def heading(page: HttpResponse) -> str:
    """The first heading."""
    return page.content.decode().partition("<h1>")[2].partition("</h1>")[0]


__all__ = ["heading", "words_of"]
