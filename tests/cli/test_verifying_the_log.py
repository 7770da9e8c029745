"""`recalldesk audit`: the log is verified, its head is printed, a claim is exported."""

import json
import re
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.audit.heads import make_head
from recalldesk.audit.models import StateChange
from recalldesk.foundation import clock
from recalldesk.mailing.actions import move_mailing
from recalldesk.mailing.log_heads import mail_head
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState
from tests.audit.written import a_row, behind_the_back, sealed_rows
from tests.cast import Command
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.claims.owner import OLGA

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]
pytestmark = pytest.mark.django_db
AS = ("--as", "author@desk.example")
WHY = ("--reason", "Made up: the yearly audit.")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where heads are written."""
    settings.LOG_HEADS_FOLDER = tmp_path / "heads"
    return settings.LOG_HEADS_FOLDER


def touch(row: StateChange) -> None:
    with behind_the_back() as cursor:
        cursor.execute("UPDATE audit_statechange SET actor_id = 8 WHERE id = %s", [row.pk])


def test_a_whole_log_ends_with_0(command: Command) -> None:
    sealed_rows(3, 2)
    make_head()
    a_row()
    ran = command("audit", "verify")
    assert (ran.code, ran.err) == (0, "")
    for part in (
        "5 rows in 2 blocks",
        "1 head holds",
        "0 blocks came after it",
        "1 row waits to be sealed",
        "Nothing was touched",
    ):
        assert part in ran.out


def test_without_a_head_it_says_what_cannot_be_seen_and_ends_with_3(command: Command) -> None:
    sealed_rows(1)
    ran = command("audit", "verify")
    assert ran.code == 3
    assert "No head that left is at hand" in ran.err
    assert "Nothing was touched" not in ran.out
    assert json.loads(command("audit", "verify", "--json").out)["held"] is False


def test_a_head_that_is_older_than_two_days_is_not_enough(command: Command) -> None:
    sealed_rows(1)
    with time_machine.travel(clock.now() - timedelta(days=3), tick=False):
        make_head()
    ran = command("audit", "verify")
    assert ran.code == 3
    assert "more than two days ago" in ran.err
    assert "Nothing was touched" not in ran.out
    make_head()
    assert command("audit", "verify").code == 0


def test_what_was_touched_ends_with_1_also_without_a_head(command: Command) -> None:
    rows = sealed_rows(1)
    touch(rows[0])
    assert command("audit", "verify").code == 1


def test_a_mail_with_a_head_that_reached_nobody_is_told_of(
    command: Command, settings: Settings
) -> None:
    settings.LOG_HEADS_TO = "audit@firm.example"
    settings.MAIL_FROM = "desk@recall.example"
    sealed_rows(1)
    mail_head(head_id=make_head().pk)
    assert "reached nobody" not in command("audit", "verify").err
    mailing = Mailing.objects.get(purpose="log_head")
    move_mailing(mailing=mailing, to_state=MailingState.REFUSED)
    assert "1 mail with a head reached nobody" in command("audit", "verify").err


def test_an_empty_log_is_whole(command: Command) -> None:
    assert command("audit", "verify").code == 0


def test_one_changed_row_is_named_with_its_block_and_heads(command: Command) -> None:
    rows = sealed_rows(2)
    make_head()
    rows += sealed_rows(2)
    make_head()
    touch(rows[2])
    ran = command("audit", "verify")
    assert ran.code == 1
    assert f"Row {rows[2].pk:,} of block 2 is not what was sealed." in ran.err
    assert "after the head of" in ran.err
    assert "(block 1), before that of" in ran.err
    assert "actor_id 8" in ran.err
    assert "Nothing was touched" not in ran.out


def test_the_same_as_json(command: Command) -> None:
    rows = sealed_rows(2)
    make_head()
    assert json.loads(command("audit", "verify", "--json").out)["whole"] is True
    touch(rows[1])
    ran = command("audit", "verify", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["whole"], told["counts"]) == (1, False, {"row_touched": 1})
    (finding,) = told["findings"]
    assert (finding["row_id"], finding["block"], finding["between"]) == (rows[1].pk, 1, [None, 1])
    assert finding["says"]["actor_id"] == "8"


def test_a_head_is_given_by_its_file(command: Command, tmp_path: Path) -> None:
    sealed_rows(2)
    path = tmp_path / "head.txt"
    path.write_text(command("audit", "head", "--new").out)
    with behind_the_back() as cursor:
        for table in ("audit_head", "audit_sealedchange", "audit_block", "audit_statechange"):
            cursor.execute(f"DELETE FROM {table}")
    assert command("audit", "verify").code == 0
    ran = command("audit", "verify", "--head", str(path))
    assert ran.code == 1
    assert "The end was cut off." in ran.err


@pytest.mark.parametrize("content", [None, "no head"])
def test_a_file_that_is_no_head_is_told_of(
    command: Command, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "head.txt"
    if content:
        path.write_text(content)
    ran = command("audit", "verify", "--head", str(path))
    assert ran.code == 1
    assert str(path) in ran.err


def test_the_newest_head_is_printed(command: Command) -> None:
    ran = command("audit", "head")
    assert ran.code == 1
    assert "--new" in ran.err
    sealed_rows(1)
    text = command("audit", "head", "--new").out
    assert text == command("audit", "head").out
    assert "block: 1\n" in text


def test_openssl_verifies_a_head_with_the_public_key(command: Command, tmp_path: Path) -> None:
    """The very steps of docs/log.md."""
    sealed_rows(1)
    head = command("audit", "head", "--new").out
    key = command("audit", "key").out
    (tmp_path / "key.pem").write_text(key[key.index("-----BEGIN") :])
    signed, _, rest = head.partition("signature:\n")
    (tmp_path / "content").write_text(signed.partition("\n")[2])
    (tmp_path / "signature").write_bytes(bytes.fromhex("".join(rest.split("\n")[:2])))
    words = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in content -sigfile signature"
    done = subprocess.run(words.split(), cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"Signature Verified Successfully\n")


def test_a_claim_is_exported_into_two_private_files(
    command: Command, tmp_path: Path, desk: object
) -> None:
    filing = OLGA.files()
    ran = command("audit", "export", filing.reference, *AS, *WHY, "--folder", str(tmp_path))
    assert ran.code == 0
    pdf, told = (Path(line) for line in ran.out.split())
    assert re.fullmatch(rf"{filing.reference}-\d{{8}}T\d{{6}}Z\.pdf", pdf.name)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert json.loads(told.read_text())["owner"][0]["name"] == OLGA.name
    assert {stat.S_IMODE(path.stat().st_mode) for path in (pdf, told)} == {0o600}


def test_without_a_folder_nothing_is_taken_out(
    command: Command, tmp_path: Path, desk: object
) -> None:
    reference, nowhere = OLGA.files().reference, tmp_path / "nowhere"
    ran = command("audit", "export", reference, *AS, *WHY, "--folder", str(nowhere))
    assert ran.code == 1
    assert "is no folder" in ran.err
    assert not StateChange.objects.filter(to_state="exported").exists()


def test_a_masked_export_says_so(command: Command, tmp_path: Path, desk: object) -> None:
    reference = OLGA.files().reference
    words = ("audit", "export", reference, *AS, *WHY, "--masked", "--folder", str(tmp_path))
    ran = command(*words)
    assert "Personal data is masked." in ran.out
    assert OLGA.email not in next(tmp_path.glob("*.json")).read_text()


def test_whoever_may_not_read_the_log_is_refused(
    command: Command, tmp_path: Path, desk: object
) -> None:
    words = ("audit", "export", OLGA.files().reference, *WHY, "--folder", str(tmp_path))
    ran = command(*words, "--as", "viewer@desk.example")
    assert ran.code == 1
    assert "may not verify the log" in ran.err
    assert not list(tmp_path.glob("*.pdf"))
