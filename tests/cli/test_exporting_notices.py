"""`recalldesk notice export`, and the job that keeps the folder up to date."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.foundation import clock
from recalldesk.operating.stand_in.exporting import is_due, keep_up_to_date
from recalldesk.operating.stand_in.folder import is_whole
from recalldesk.recalls.actions import close_recall
from tests.cast import SLUG, Command, Desk, recall_text

pytestmark = pytest.mark.usefixtures("published_recall")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """The folder that is configured, and a place of the test's own for papers."""
    settings.PAPERS_FOLDER = tmp_path / "papers"
    settings.NOTICE_FOLDER = tmp_path / "www" / "recall"
    return tmp_path / "www" / "recall"


def notice(folder: Path) -> str:
    return (folder / "en" / "recalls" / SLUG / "index.html").read_text("utf-8")


def test_it_says_what_it_wrote_and_where_nothing_changed(command: Command, tmp_path: Path) -> None:
    ran = command("notice", "export", "--to", str(tmp_path / "out"))
    assert (ran.code, "of 1 recall written." in ran.out.replace("\n", " ")) == (0, True)
    assert is_whole(tmp_path / "out")
    again = command("notice", "export", "--to", str(tmp_path / "out"))
    assert "of 1 recall, as they were." in again.out.replace("\n", " ")


def test_without_a_folder_it_takes_the_one_that_is_configured(
    command: Command, folder: Path, settings: Settings
) -> None:
    assert command("notice", "export").code == 0
    assert is_whole(folder)
    settings.NOTICE_FOLDER = None
    ran = command("notice", "export")
    assert (ran.code, "RECALLDESK_NOTICE_FOLDER" in ran.err) == (1, True)


def test_a_recall_without_a_notice_is_refused(command: Command, folder: Path) -> None:
    ran = command("notice", "export", "toaster")
    assert (ran.code, "toaster has no notice" in ran.err) == (1, True)
    assert not folder.exists()


def test_it_is_written_for_one_host_name(command: Command, tmp_path: Path) -> None:
    host = "recall.tidewater.example"
    ran = command("notice", "export", "--host", host, "--to", str(tmp_path / "{host}"))
    assert ran.code == 0
    assert "/tidewater.css" in (tmp_path / host / "en" / "index.html").read_text("utf-8")
    ran = command("notice", "export", "--host", "elsewhere.example", "--to", str(tmp_path / "out"))
    assert (ran.code, host in ran.err) == (1, True)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_somebody_else_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    ran = command("notice", "export", "--to", str(tmp_path / "mine"))
    assert ran.code == 1
    assert "not one that this command wrote" in ran.err.replace("\n", " ")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_a_worker_writes_it_once_and_again_when_a_version_went_live(
    kettles: Desk, folder: Path
) -> None:
    done = keep_up_to_date()
    assert done is not None
    assert done.has_changed
    assert keep_up_to_date() is None
    text = recall_text().replace("The handle can break", "The handle can come off")
    kettles.publish(kettles.approve(kettles.apply(text)))
    assert is_due(folder)
    keep_up_to_date()
    assert "The handle can come off" in notice(folder)
    assert (folder / "en" / "recalls" / SLUG / "versions" / "1" / "index.html").exists()


def test_and_when_a_recall_is_closed(kettles: Desk, folder: Path) -> None:
    keep_up_to_date()
    assert "Closed: the remedy is still offered" not in notice(folder)
    close_recall(recall=kettles.recall(), by=kettles.cast.approver, note="All is done.")
    keep_up_to_date()
    assert "Closed: the remedy is still offered" in notice(folder)


def test_it_is_looked_at_once_a_day_in_any_case(folder: Path) -> None:
    keep_up_to_date()
    assert not is_due(folder)
    with time_machine.travel(clock.now() + timedelta(hours=21)):
        assert is_due(folder)
        done = keep_up_to_date()
        assert done is not None
        assert not is_due(folder)


def test_where_none_is_configured_nothing_is_written(settings: Settings, folder: Path) -> None:
    settings.NOTICE_FOLDER = None
    assert keep_up_to_date() is None
    assert not folder.exists()


def test_what_goes_wrong_leaves_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kettles: Desk
) -> None:
    keep_up_to_date()
    before = notice(folder)
    close_recall(recall=kettles.recall(), by=kettles.cast.approver, note="All is done.")

    def fails(*_given: object) -> None:
        raise OSError("made up: the disk is full")

    monkeypatch.setattr("recalldesk.operating.stand_in.folder._write_file", fails)
    with pytest.raises(OSError, match="disk is full"):
        keep_up_to_date()
    assert notice(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["recall"]
