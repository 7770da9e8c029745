"""Photos of a form reach quarantine without ever lying on disk in the clear."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.evidence import actions, arriving
from recalldesk.evidence.errors import PhotoRefused, Refusal
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.evidence.uploading import SealedUpload, SealedUploads
from tests.evidence.conftest import files_in
from tests.evidence.pictures import SECRET, loaded_with_metadata, photo

Form = Callable[..., HttpRequest]


@pytest.fixture
def form(photos_folder: Path) -> Iterator[Form]:
    """A form as a browser sends it, with a field beside its files."""
    requests: list[HttpRequest] = []

    def sent(**uploads: bytes) -> HttpRequest:
        files = {name: SimpleUploadedFile(f"{name}.jpg", uploads[name]) for name in uploads}
        request = RequestFactory().post("/", {"typed": "kept", **files})
        request.upload_handlers = [SealedUploads(request)]
        requests.append(request)
        return request

    yield sent
    for request in requests:
        request.close()


def upload(request: HttpRequest, name: str) -> SealedUpload:
    file = request.FILES[name]
    assert isinstance(file, SealedUpload)
    return file


def receive(evidence_set: EvidenceSet, file: SealedUpload) -> Photo:
    return actions.receive_photo(
        evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=file.chunks()
    )


def test_several_photos_and_what_was_typed_arrive(evidence_set: EvidenceSet, form: Form) -> None:
    request = form(one=photo(), two=photo(seed=2))
    assert request.POST["typed"] == "kept"
    assert [upload(request, name).name for name in ("one", "two")] == ["one.jpg", "two.jpg"]
    sizes = [receive(evidence_set, upload(request, name)).original_bytes for name in ("one", "two")]
    assert sizes == [len(photo()), len(photo(seed=2))]
    assert sizes == [upload(request, name).size for name in ("one", "two")]


def test_nothing_lies_on_disk_in_the_clear_meanwhile(
    photos_folder: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    make = tempfile.TemporaryFile

    def watched(**options: object) -> object:
        file = make(**options)  # type: ignore[call-overload]
        write = file.write
        file.write = lambda content: (written.append(content), write(content))[1]
        return file

    monkeypatch.setattr(arriving.tempfile, "TemporaryFile", watched)
    content = loaded_with_metadata("JPEG") * 30
    request = form(one=content)
    assert b"".join(upload(request, "one").chunks()) == content
    kept = b"".join(written)
    assert len(kept) > len(content)
    assert SECRET.encode() not in kept
    assert b"JFIF" not in kept
    assert files_in(photos_folder) == []


def test_one_that_is_too_large_is_refused_and_the_others_are_taken(
    evidence_set: EvidenceSet, form: Form
) -> None:
    request = form(large=bytes(MOST_BYTES + 1), sound=photo())
    with pytest.raises(PhotoRefused) as refused:
        receive(evidence_set, upload(request, "large"))
    assert refused.value.kind is Refusal.TOO_LARGE
    assert receive(evidence_set, upload(request, "sound"))


def test_an_empty_one_is_refused(evidence_set: EvidenceSet, form: Form) -> None:
    with pytest.raises(PhotoRefused) as refused:
        receive(evidence_set, upload(form(one=b""), "one"))
    assert refused.value.kind is Refusal.EMPTY


def test_a_full_disk_is_said(
    evidence_set: EvidenceSet, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(arriving.tempfile, "TemporaryFile", full)
    request = form(one=photo())
    assert request.POST["typed"] == "kept"
    with pytest.raises(PhotoRefused) as refused:
        receive(evidence_set, upload(request, "one"))
    assert refused.value.kind is Refusal.NOT_STORED


@pytest.fixture
def open_files() -> Iterator[None]:
    """Nothing stays open after the test that was not before."""
    folder = Path("/proc/self/fd")
    before = len(os.listdir(folder)) if folder.exists() else 0
    yield
    assert not folder.exists() or len(os.listdir(folder)) == before


def test_what_was_written_goes_with_the_request(form: Form, open_files: None) -> None:
    request = form(one=photo())
    assert upload(request, "one").size
    request.close()
