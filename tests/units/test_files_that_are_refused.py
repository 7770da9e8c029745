"""A file that cannot be read is refused in words, and nothing of it is stored."""

import gzip
import random
from pathlib import Path

import pytest

from recalldesk.units.errors import FileNotReadable, ImportRefused, VersionNotDraft
from recalldesk.units.models import SerialImport
from tests.units.desk import Desk

LIST = b"serial\n" + b"".join(b"AB%06d\n" % number for number in range(2000))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no line"),
        (b"\xff\xfe", "no line"),
        (gzip.compress(b"", mtime=0), "no line"),
        (b"\n\r\n \n", "only blank lines"),
        (b"serial\n", "heading and no rows"),
        (gzip.compress(LIST, mtime=0)[:-40], "ends too early"),
        (gzip.compress(LIST, mtime=0)[:-8] + b"12345678", "damaged"),
        (gzip.compress(gzip.compress(LIST, mtime=0), mtime=0), "packed twice"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(1, 9)) * 500, "not text"),
        ("serial\nAB1201\n".encode("utf-32"), "UTF-32"),
        (b"serial\n" + b"A" * (17 << 20), "does not end"),
    ],
)
def test_it_says_what_is_wrong(desk: Desk, content: bytes, says: str) -> None:
    with pytest.raises(FileNotReadable) as refusal:
        desk.take(content)
    assert says in refusal.value.message
    assert refusal.value.hint
    assert not SerialImport.objects.exists()
    assert desk.serials() == set()


def test_a_folder_or_a_device_is_refused(desk: Desk) -> None:
    for path in (desk.folder, Path("/dev/zero")):
        with pytest.raises(FileNotReadable, match=r"is a (folder|device)"):
            desk.take(path)


def test_random_bytes_are_no_text(desk: Desk) -> None:
    for seed in range(20):
        with pytest.raises(FileNotReadable):
            desk.take(random.Random(seed).randbytes(5000))


def test_a_missing_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match="cannot be opened"):
        desk.take(tmp_path / "nowhere.csv")


def test_an_approved_version_takes_no_file(desk: Desk) -> None:
    approved = desk.version
    desk.approve()
    with pytest.raises(VersionNotDraft):
        desk.take("serial\nAB1201\n", version=approved)


def test_a_file_of_rejects_that_cannot_be_written_stops_the_import(desk: Desk) -> None:
    with pytest.raises(ImportRefused, match="cannot be written"):
        desk.take("serial\nAB1201\n?\n", reject_file=desk.folder / "no" / "rejects.csv")
    assert desk.serials() == set()
