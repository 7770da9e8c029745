"""The cast of the tests on the database: who works at the desk, and a small recall gone live.

Everything is made up. The recall is the kettle of `recall new`, with one list of five serials.
"""

import contextlib
import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.cli import main
from recalldesk.recalls.actions import apply_recall_file, approve_version
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.starting import starting_text
from recalldesk.recalls.states import VersionState
from recalldesk.units import live
from recalldesk.units.actions import publish_version
from recalldesk.units.importing.run import import_serials
from recalldesk.units.lists import place_for
from recalldesk.units.models import SerialImport
from tests.made_pictures import fill_in

SLUG = "kettle-k20"
PASSWORD = "correct-kettle-battery"
SERIALS = ("TW24013337", "TW24047719", "TW24113490", "TW24097773", "TW24074437")
AFFECTED = SERIALS[0]
LOOK_ALIKE = "TW24D13337"
"""A D where the affected one has a 0, at the fifth place."""
SLIP = "TW24013338"
FAR = "TW33661902"
"""Within reach of none of them."""
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "photos": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def photos_in(folder: Path) -> dict[str, Any]:
    """The store of photos in a folder of a test."""
    backend = "recalldesk.evidence.private_folder.PrivateFolder"
    return {"BACKEND": backend, "OPTIONS": {"location": folder}}


ONE_LIST = """
[[scope.lists]]
name = "k20"
products = ["k20"]
"""


@dataclass(frozen=True)
class Cast:
    """The same five people in every test."""

    author: Staff
    approver: Staff
    viewer: Staff
    outsider: Staff
    administrator: Staff


def make_cast() -> Cast:
    """Staff rows; the outsider left the firm."""

    def person(name: str, role: Role, *, is_active: bool = True) -> Staff:
        staff = Staff(email=f"{name}@desk.example", name=name.title(), role=role)
        staff.is_active = is_active
        staff.set_password(PASSWORD)
        staff.save()
        return staff

    return Cast(
        author=person("author", Role.RECALL_MANAGER),
        approver=person("approver", Role.RECALL_MANAGER),
        viewer=person("viewer", Role.VIEWER),
        outsider=person("outsider", Role.ADMINISTRATOR, is_active=False),
        administrator=person("administrator", Role.ADMINISTRATOR),
    )


def recall_text(
    slug: str = SLUG, *, units: int = 5, about: bool = False, scope: str = ONE_LIST
) -> str:
    """A valid recall file which states `units`, has this scope, and whose days are those of UTC."""
    text = starting_text(slug)
    text, zones = re.subn(r'# time_zone = ".*?"', 'time_zone = "UTC"', text)
    text, scopes = re.subn(
        r"(?s)\[scope\].*?# One \[\[jurisdictions\]\]",
        lambda _: f"[scope]\npublic = false\n{scope}\n# One [[jurisdictions]]",
        text,
    )
    text, stated = re.subn(
        r"units = 1200\nunits_are_about = true\nlevels = .*\n",
        f"units = {units}\nunits_are_about = {str(about).lower()}\n",
        text,
    )
    assert (zones, scopes, stated) == (1, 1, 1)
    return text


@dataclass
class Desk:
    """The cast at work, with a folder for the files that they get."""

    cast: Cast
    folder: Path

    def apply(
        self, text: str = "", *, by: Staff | None = None, pictures: bool = True
    ) -> RecallVersion:
        """The draft of a recall file, with the pictures that it names."""
        version = apply_recall_file(text=text or recall_text(), by=by or self.cast.author).version
        if pictures and version.state == VersionState.DRAFT:
            fill_in(version)
        return version

    def file(self, lines: Iterable[str], name: str = "serials.csv") -> Path:
        """A file of one column."""
        path = self.folder / name
        path.write_text("\n".join(["serial", *lines]) + "\n", encoding="utf-8")
        return path

    def take(
        self,
        version: RecallVersion,
        lines: Iterable[str] | Path = SERIALS,
        *,
        name: str = "",
        made: bool = False,
        replace: bool = False,
        by: Staff | None = None,
    ) -> SerialImport:
        """Imports serials into a draft, by its author if nobody else is named."""
        place = place_for(version.recall, document_of(version), name=name, made=made)
        return import_serials(
            version=version,
            serial_list=place.serial_list,
            form=place.form,
            counting=place.counting,
            path=lines if isinstance(lines, Path) else self.file(lines),
            by=by or self.cast.author,
            replace=replace,
        )

    def approve(self, version: RecallVersion) -> RecallVersion:
        """Approved by somebody who wrote nothing of it."""
        return approve_version(version=version, by=self.cast.approver)

    def publish(self, version: RecallVersion) -> RecallVersion:
        """Live."""
        live_version = publish_version(version=version, by=self.cast.approver)
        live.forget()
        return live_version

    def approved(
        self, text: str = "", serials: Iterable[str] | Path | None = SERIALS
    ) -> RecallVersion:
        """A version on its way, up to approval; None imports nothing."""
        version = self.apply(text)
        if serials is not None:
            self.take(version, serials)
        return self.approve(version)

    def published(
        self, text: str = "", serials: Iterable[str] | Path | None = SERIALS
    ) -> RecallVersion:
        """A version on its whole way."""
        return self.publish(self.approved(text, serials))

    def recall(self, slug: str = SLUG) -> Recall:
        """The row as it stands."""
        return Recall.objects.get(slug=slug)


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """Hashing a password takes a tenth of a second by design; these tests are not about that."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS


@pytest.fixture
def index_folder(settings: Settings, tmp_path: Path) -> Iterable[Path]:
    """An empty folder for indexes, and a process that has opened none."""
    folder = tmp_path / "index"
    settings.INDEX_FOLDER = folder
    settings.STATIC_ROOT = tmp_path
    settings.PHOTOS_FOLDER = tmp_path / "photos"
    settings.STORAGES = PLAIN_FILES | {"photos": photos_in(settings.PHOTOS_FOLDER)}
    live.forget()
    yield folder
    live.forget()


@pytest.fixture
def cast(db: None, quick_passwords: None) -> Cast:
    """Five people."""
    return make_cast()


@pytest.fixture
def kettles(cast: Cast, index_folder: Path, tmp_path: Path) -> Desk:
    """The desk, with no recall yet."""
    return Desk(cast, tmp_path)


@pytest.fixture
def published_recall(kettles: Desk) -> RecallVersion:
    """Version 1 of the kettle, live."""
    return kettles.published()


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class Command:
    """The `recalldesk` command in this process, in the test's own transaction."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def __call__(self, *words: str, password: str = PASSWORD) -> Ran:
        self._patch.setattr(sys, "argv", ["recalldesk", *words])
        self._patch.setenv("RECALLDESK_STAFF_PASSWORD", password)
        out, err = io.StringIO(), io.StringIO()
        code: object = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main.run()
            except SystemExit as end:
                code = end.code
        assert isinstance(code, int | None)
        return Ran(code or 0, out.getvalue(), err.getvalue())


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `recalldesk …`; the port that `serve` takes is forgotten after the test."""
    monkeypatch.setattr(settings, "ENVIRONMENT", settings.ENVIRONMENT)
    monkeypatch.setenv("RECALLDESK_PORT", str(settings.ENVIRONMENT.port))
    return Command(monkeypatch)
