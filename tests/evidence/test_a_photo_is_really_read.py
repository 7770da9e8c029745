"""Drawn photos through the whole of their life, with the engine's own process. All is made up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from recalldesk.demo.photos.conditions import as_jpeg
from recalldesk.demo.photos.labels import draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.evidence import actions, looking_after, reading_photos, reads
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.apart import reader
from recalldesk.recalls.models import RecallVersion
from tests.cast import AFFECTED

CODE = "4829-1375"


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    """The process that reads ends with the test."""
    yield
    reader().close()


@pytest.fixture
def of_a_claim(published_recall: RecallVersion, photos_folder: Path) -> EvidenceSet:
    return actions.new_evidence_set(recall=published_recall.recall, marking_code=CODE)


def read(its_set: EvidenceSet, kind: PhotoKind, drawn: Image.Image) -> Photo:
    sent = actions.receive_photo(evidence_set=its_set, kind=kind, chunks=[as_jpeg(drawn)])
    looking_after.look_after(sent.pk)
    reading_photos.read_photo(sent.pk)
    sent.refresh_from_db()
    return sent


def test_a_label_gives_its_serial_and_a_marking_its_code(of_a_claim: EvidenceSet) -> None:
    label = read(of_a_claim, PhotoKind.LABEL, draw_label(AFFECTED, "K20", 1))
    said = reads.label_reading_of(label)
    assert said is not None
    assert said.candidates[0].text == AFFECTED
    marking = read(of_a_claim, PhotoKind.MARKING, draw_marking("RECALLED", CODE, seed=1))
    seen = reads.marking_reading_of(marking)
    assert seen is not None
    assert seen.word is not None
    assert seen.code is not None
    assert (seen.word.is_verified, seen.code.is_verified) == (True, True)
    assert (seen.name, seen.date) == (None, None)
    assert reads.is_settled(of_a_claim)
