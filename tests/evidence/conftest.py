"""A set of photos of a made-up recall, a store in a folder of the test, and no scanner."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.evidence import actions
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.models import Recall
from tests.cast import PLAIN_FILES, photos_in
from tests.evidence.pictures import photo

Send = Callable[..., Photo]


@pytest.fixture
def photos_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's photos lie."""
    folder = tmp_path / "photos"
    settings.PHOTOS_FOLDER = folder
    settings.STORAGES = PLAIN_FILES | {"photos": photos_in(folder)}
    settings.CLAMD = "none"
    return folder


@pytest.fixture
def evidence_set(db: None, photos_folder: Path) -> EvidenceSet:
    """An empty set."""
    return actions.new_evidence_set(recall=Recall.objects.create(slug="kettle-k20"))


@pytest.fixture
def send(evidence_set: EvidenceSet) -> Send:
    """Sends bytes in pieces, as they come from a browser."""

    def send(content: bytes | None = None, kind: PhotoKind = PhotoKind.LABEL) -> Photo:
        whole = photo() if content is None else content
        pieces = (whole[place : place + 10_000] for place in range(0, len(whole), 10_000))
        return actions.receive_photo(evidence_set=evidence_set, kind=kind, chunks=pieces)

    return send


def files_in(folder: Path) -> list[str]:
    """The files of a store, by where they lie in it."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
