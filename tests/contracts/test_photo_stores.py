"""One suite for all stores of photos: a folder of this machine, and a bucket of an S3.

The S3 is moto's server on 127.0.0.1. It checks no signature, so nothing here says who may read.
"""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from recalldesk.config.environment import Environment
from recalldesk.config.photo_store import photo_store
from recalldesk.evidence import actions, files, looking_after
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.keys import SealingError
from recalldesk.sealing.rotation import rotate
from tests.cast import PLAIN_FILES
from tests.evidence.rotated import all_held, keys_named, made_up_picture, newest_key
from tests.ports import free_port

pytestmark = pytest.mark.django_db
KEY, OTHER = "0a" * 16, "0b" * 16


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 with a bucket."""
    import boto3

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="made-up",
        aws_secret_access_key="made-up",
    ).create_bucket(Bucket="photos")
    yield address
    server.stop()


def use(settings: Settings, folder: Path, **environment: Any) -> None:
    settings.PHOTOS_FOLDER = folder
    entry = photo_store(Environment(**environment), folder)
    settings.STORAGES = PLAIN_FILES | {"photos": entry}


@pytest.fixture
def made_up_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """As operators give them."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up")


@pytest.fixture(params=["folder", "s3"])
def store(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, made_up_keys: None
) -> str:
    """Each store, as the settings choose it."""
    if request.param == "folder":
        use(settings, tmp_path / "photos")
        return "folder"
    address: str = request.getfixturevalue("s3")
    use(settings, tmp_path, s3_bucket="photos", s3_endpoint=address, s3_region="us-east-1")
    for key in files.originals():
        files.forget(key)
    return "s3"


def photo(key: str = KEY) -> Photo:
    return Photo(storage_key=key, evidence_set=EvidenceSet(recall_id=1))


def put(content: bytes, key: str = KEY) -> None:
    scope, purpose = vault.recall_scope(1), files.original_purpose(key)
    sealed = b"".join(sealed_files.sealed([content], scope=scope, purpose=purpose))
    files.put_original(key, io.BytesIO(sealed))


def original(key: str = KEY) -> bytes:
    with files.original(photo(key)) as chunks:
        return b"".join(chunks)


@pytest.mark.parametrize("size", [1, 65_536, 9_000_000])
def test_what_was_put_is_read_again(store: str, size: int) -> None:
    put(bytes(size))
    files.put_picture(photo(), b"a picture")
    assert original() == bytes(size)
    assert files.open_picture(photo()) == b"a picture"


def test_a_picture_put_again_takes_the_place_of_the_first(store: str) -> None:
    files.put_picture(photo(), b"a longer first one")
    files.put_picture(photo(), b"second")
    assert files.open_picture(photo()) == b"second"


def sealed_file(key: str = KEY) -> files.SealedFile:
    return files.SealedFile(files.original_name(key), files.original_purpose(key))


def test_the_key_of_a_file_is_named_by_its_start(store: str) -> None:
    put(bytes(9_000_000))
    assert files.key_of(sealed_file()) == "recall:1/1"
    with pytest.raises(FileMissing):
        files.key_of(sealed_file(OTHER))
    files.replace(sealed_file(), io.BytesIO(b""))
    with pytest.raises(SealingError):
        files.key_of(sealed_file())


def test_a_rotation_of_keys_seals_what_lies_there_anew(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both of a size that an S3 gives and takes in several parts, and small."""
    monkeypatch.setattr(looking_after, "cleaned_apart", made_up_picture)
    evidence_set = actions.new_evidence_set(recall=Recall.objects.create(slug="kettle-k20"))
    clean, waiting = (
        actions.receive_photo(evidence_set=evidence_set, kind=PhotoKind.LABEL, chunks=[content])
        for content in (b"made up", bytes(9_000_000))
    )
    looking_after.look_after(clean.pk)
    before = all_held()
    rotated = rotate()
    assert (rotated.resealed.total(), rotated.left, rotated.unopened) == (2, 0, ())
    assert keys_named() == {newest_key(evidence_set.recall_id)}
    assert all_held() == before
    assert before[waiting.pk] == bytes(9_000_000)
    for sent in (clean, waiting):
        files.forget(sent.storage_key)


def test_of_an_s3_no_more_than_a_start_is_fetched(
    settings: Settings, tmp_path: Path, made_up_keys: None, s3: str
) -> None:
    from django.core.files.storage import storages

    fetched = list[str | None]()

    def noted(params: dict[str, str], **_: object) -> None:
        fetched.append(params.get("Range"))

    use(settings, tmp_path, s3_bucket="photos", s3_endpoint=s3, s3_region="us-east-1")
    put(b"x")
    asked: Any = storages["photos"]
    events = asked.bucket.meta.client.meta.events
    events.register("before-parameter-build.s3.GetObject", noted)
    files.key_of(sealed_file())
    assert fetched == [f"bytes=0-{sealed_files.START - 1}"]
    files.forget(KEY)


def test_what_is_not_there_is_missing(store: str) -> None:
    with pytest.raises(FileMissing):
        original(OTHER)
    with pytest.raises(FileMissing):
        files.open_picture(photo(OTHER))


def test_what_was_forgotten_is_gone_and_may_be_forgotten_again(store: str) -> None:
    put(b"x")
    files.put_picture(photo(), b"y")
    for _ in range(2):
        files.forget(KEY)
    with pytest.raises(FileMissing):
        original()
    with pytest.raises(FileMissing):
        files.open_picture(photo())


def test_only_the_original_may_be_forgotten(store: str) -> None:
    put(b"x")
    files.put_picture(photo(), b"y")
    files.forget_original(KEY)
    assert files.open_picture(photo()) == b"y"
    with pytest.raises(FileMissing):
        original()


def test_quarantine_can_be_listed(store: str) -> None:
    assert files.originals() == []
    put(b"x")
    put(b"y", OTHER)
    files.put_picture(photo(), b"z")
    assert sorted(files.originals()) == [KEY, OTHER]
    assert abs(files.stored_at(KEY) - clock.now()) < timedelta(minutes=5)
    with pytest.raises(FileMissing):
        files.stored_at("0c" * 16)


def test_no_file_stands_for_another_photo_or_place(store: str) -> None:
    put(b"of the first")
    put(b"of the second", OTHER)
    _swap(store, files.original_name(KEY), files.original_name(OTHER))
    with pytest.raises(SealingError):
        original()
    _swap(store, files.picture_name(KEY), files.original_name(OTHER))
    with pytest.raises(SealingError):
        files.open_picture(photo())


def _swap(store: str, place: str, taken_from: str) -> None:
    """Puts one file of the store into another's place, as somebody with access to it could."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    with storages["photos"].open(taken_from, "rb") as file:
        strange = file.read()
    storages["photos"].save(place, ContentFile(strange))


def test_nothing_lies_there_in_the_clear(store: str) -> None:
    from django.core.files.storage import storages

    put(b"made-up-secret" * 9_000)
    files.put_picture(photo(), b"made-up-secret" * 9_000)
    for name in (files.original_name(KEY), files.picture_name(KEY)):
        with storages["photos"].open(name, "rb") as file:
            kept = file.read()
        assert len(kept) > 14 * 9_000
        assert b"made-up" not in kept


def each_way_of_asking() -> None:
    """All of them say the same of a store that does not answer."""
    for ask in (
        lambda: put(b"x"),
        original,
        lambda: files.put_picture(photo(), b"x"),
        lambda: files.open_picture(photo()),
        lambda: files.forget(KEY),
        files.originals,
        lambda: files.stored_at(KEY),
        lambda: files.key_of(sealed_file()),
    ):
        with pytest.raises(StoreUnreachable):
            ask()


def test_an_s3_that_does_not_answer_is_unreachable(
    settings: Settings, tmp_path: Path, made_up_keys: None
) -> None:
    dead = f"http://127.0.0.1:{free_port()}"
    use(settings, tmp_path, s3_bucket="photos", s3_endpoint=dead, s3_region="us-east-1")
    each_way_of_asking()


def test_a_bucket_that_is_not_there_is_unreachable(
    settings: Settings, tmp_path: Path, made_up_keys: None, s3: str
) -> None:
    use(settings, tmp_path, s3_bucket="another", s3_endpoint=s3, s3_region="us-east-1")
    with pytest.raises(StoreUnreachable):
        put(b"x")


def test_a_file_in_the_place_of_the_folder_is_unreachable(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "photos").write_text("no folder")
    use(settings, tmp_path / "photos")
    with pytest.raises(StoreUnreachable):
        put(b"x")
    with pytest.raises(StoreUnreachable):
        original()
