"""The head of the log is signed, and leaves the database by a file and by mail, each day."""

import base64
import quopri
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.audit import jobs
from recalldesk.audit.errors import HeadUnreadable, LogKeyUnusable, NothingSealed
from recalldesk.audit.findings import Kind
from recalldesk.audit.head_text import SignedHead, heads_in
from recalldesk.audit.heads import make_head, make_head_if_due, public_keys, signing_key
from recalldesk.audit.models import Block, Head
from recalldesk.audit.signing import SigningKey
from recalldesk.audit.verifying import verify
from recalldesk.foundation import clock
from recalldesk.mailing import log_heads
from recalldesk.mailing.models import Mailing
from recalldesk.sealing.keys import new_key
from tests.audit.written import forget_heads, sealed_rows
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db
TO = "audit@firm.example"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where heads are written; nobody is written to yet."""
    settings.LOG_HEADS_FOLDER = tmp_path / "heads"
    settings.LOG_HEADS_TO = ""
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_OPTIONS = {"folder": tmp_path / "mail"}
    settings.EMAIL_BACKEND = "recalldesk.mailing.folder.EmailBackend"
    settings.MAIL_FROM = "desk@recall.example"
    return settings.LOG_HEADS_FOLDER


def made() -> SignedHead:
    sealed_rows(2)
    (head,) = heads_in(make_head().text.encode())
    return head


def test_it_says_the_last_block_and_is_signed() -> None:
    head, block = made(), Block.objects.get()
    assert (head.block, head.rows, head.digest) == (1, 2, bytes(block.digest))
    assert head.sealed_at == block.sealed_at
    assert head.is_signed_by(signing_key().public)
    assert head.key == signing_key().public.name


@pytest.mark.parametrize("change", [{"rows": 3}, {"block": 2}, {"digest": bytes(32)}])
def test_whatever_is_changed_in_it_breaks_the_signature(change: dict[str, object]) -> None:
    head = made()
    other = SignedHead(**{**head.__dict__, **change})
    assert not other.is_signed_by(signing_key().public)


def test_it_is_written_into_the_folder_once(folder: Path) -> None:
    sealed_rows(1)
    head = make_head()
    run_jobs(tasks=["audit.write_head"])
    jobs.write_head(head_id=head.pk)
    (path,) = folder.iterdir()
    assert path.read_text() == head.text
    assert path.name.startswith("head-000000001-")


def test_a_folder_that_is_away_is_tried_again(folder: Path) -> None:
    folder.parent.joinpath("heads").write_text("no folder")
    sealed_rows(1)
    head = make_head()
    with pytest.raises(OSError, match="File exists"):
        jobs.write_head(head_id=head.pk)
    assert waiting("audit.write_head")


def test_it_is_mailed_to_each_address_once(settings: Settings, tmp_path: Path) -> None:
    settings.LOG_HEADS_TO = f"{TO}, second@firm.example"
    sealed_rows(1)
    head = make_head()
    run_jobs(tasks=["mailing.mail_head", "mailing.send"])
    log_heads.mail_head(head_id=head.pk)
    assert Mailing.objects.filter(purpose="log_head").count() == 2
    mails = [path.read_bytes() for path in (tmp_path / "mail").glob("*.eml")]
    assert len(mails) == 2
    for mail in mails:
        (found,) = heads_in(mail)
        assert found.text == head.text
        assert found.is_signed_by(signing_key().public)


def test_one_is_made_a_day() -> None:
    sealed_rows(1)
    with time_machine.travel("2026-03-01 03:41:00Z", tick=False) as moment:
        assert make_head_if_due() is not None
        moment.shift(timedelta(hours=1))
        assert make_head_if_due() is None
        moment.shift(timedelta(hours=23))
        jobs.make_head(timestamp=0)
    assert Head.objects.count() == 2


def test_where_nothing_was_logged_none_is_made() -> None:
    assert make_head_if_due() is None
    with pytest.raises(NothingSealed):
        make_head()


def test_without_a_key_none_is_made(settings: Settings) -> None:
    sealed_rows(1)
    settings.LOG_KEY = "no key"
    with pytest.raises(LogKeyUnusable, match="RECALLDESK_LOG_KEY"):
        make_head()
    assert not Head.objects.exists()


def _as_mail(encode: Callable[[bytes], bytes], name: str) -> Callable[[str], bytes]:
    head = f"Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: {name}\n\n".encode()
    return lambda text: head + encode(f"Hello\n\n{text}".encode())


@pytest.mark.parametrize(
    "saved",
    [
        str.encode,
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: f"Dear all,\n\n{text}\nBest".encode(),
        _as_mail(base64.encodebytes, "base64"),
        _as_mail(quopri.encodestring, "quoted-printable"),
    ],
)
def test_it_is_read_from_a_file_or_a_saved_mail(saved: Callable[[str], bytes]) -> None:
    head = made()
    assert heads_in(saved(head.text)) == [head]


@pytest.mark.parametrize("end", [5, 80, -20])
def test_half_a_head_is_told_of(end: int) -> None:
    with pytest.raises(HeadUnreadable):
        heads_in(made().text[:end].encode())


def test_a_head_that_left_is_at_hand_when_the_database_forgot_it(
    folder: Path, tmp_path: Path
) -> None:
    head = made()
    run_jobs(tasks=["audit.write_head"])
    forget_heads()
    assert verify().holding == (head,)
    kept = next(folder.iterdir()).rename(tmp_path / "kept.txt")
    assert verify().holding == ()
    assert verify([kept]).holding == (head,)


def test_a_forged_head_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "head.txt"
    path.write_text(made().text.replace("rows: 2", "rows: 3"))
    verified = verify([path])
    assert verified.findings.counts == {Kind.HEAD_FORGED: 1}
    assert str(path) in verified.findings.kept[0].words


def test_a_head_by_another_key_counts_once_that_key_is_named(
    settings: Settings, tmp_path: Path
) -> None:
    older = SigningKey(base64.b64decode(settings.LOG_KEY)).public
    head = made()
    settings.LOG_KEY = new_key()
    assert verify().findings.counts == {Kind.HEAD_UNKNOWN: 1}
    settings.RETIRED_LOG_KEYS = f" {older.text} ,"
    assert verify().holding == (head,)
    assert len(public_keys()) == 2
    assert clock.now() > head.made_at
