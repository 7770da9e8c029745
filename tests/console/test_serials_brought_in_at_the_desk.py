"""A file of serials comes in at the desk as by the command: every line is accounted for."""

import stat
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.console.views import recall_serials
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import SerialImport
from recalldesk.units.taking import take_serials
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SERIALS, SLUG, Cast, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
PAGE = f"/desk/recalls/{SLUG}/edit/units/serials/"
LINES = ["serial", *SERIALS, SERIALS[0], "", "TW24"]


@pytest.fixture
def manager(client: Client, kettles: Desk) -> Client:
    kettles.apply()
    return sign_in(client, staff(Role.RECALL_MANAGER))


def sent(client: Client, lines: list[str], name: str = "k20.csv", **more: str) -> str:
    file = SimpleUploadedFile(name, "".join(f"{line}\n" for line in lines).encode())
    response = client.post(PAGE, {"serial_list": "k20", "file": file, **more})
    assert response.status_code == 200, main_of(response)
    return unescape(main_of(response))


def test_every_line_is_accounted_for(manager: Client) -> None:
    page = sent(manager, LINES)
    assert "9 lines = 1 heading + 5 accepted + 1 rejected + 1 duplicate + 1 blank" in page
    assert "Line 9</span> is shorter than these serials are." in page
    assert SERIALS[1] not in page
    assert SerialImport.objects.get().file_name == "k20.csv"


def test_rejected_lines_are_taken_to_be_sent_back(manager: Client) -> None:
    sent(manager, LINES)
    number = SerialImport.objects.get().pk
    taken = manager.get(f"{PAGE}{number}/rejects/")
    content = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert "TW24" in content
    assert "is shorter than these serials are" in content
    assert manager.get(f"{PAGE}{number + 1}/rejects/").status_code == 404


def test_a_file_stands_in_the_clear_in_a_closed_folder_only_and_is_gone_after(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Path] = []

    def noting(*, path: Path, **more: object) -> object:
        places.append(path)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        return take_serials(path=path, **more)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(recall_serials, "take_serials", noting)
    sent(manager, LINES)
    (path,) = places
    assert path.parent.parent == settings.PASSING_FOLDER
    assert not path.parent.exists()


def test_the_same_file_again_changes_nothing(manager: Client) -> None:
    sent(manager, LINES)
    assert "nothing changed" in sent(manager, LINES)
    assert SerialImport.objects.count() == 1


def test_a_file_for_a_live_recall_begins_a_draft(
    client: Client, published_recall: RecallVersion
) -> None:
    sign_in(client, staff(Role.RECALL_MANAGER))
    page = sent(client, ["TW24555555"])
    assert "Version 1 stays as it is; this is in the draft of version 2." in page


@pytest.mark.parametrize("more", [{}, {"serial_list": "other"}])
def test_without_a_file_or_list_nothing_is_taken(manager: Client, more: dict[str, str]) -> None:
    refused = manager.post(PAGE, {"serial_list": "k20", **more})
    assert refused.status_code == 422
    assert not SerialImport.objects.exists()


def test_who_only_looks_brings_nothing_in_and_takes_no_serials(manager: Client, cast: Cast) -> None:
    sent(manager, LINES)
    number = SerialImport.objects.get().pk
    viewer = sign_in(Client(), cast.viewer)
    assert "k20.csv" in main_of(viewer.get(PAGE))
    assert viewer.post(PAGE, {"serial_list": "k20"}).status_code == 403
    assert viewer.get(f"{PAGE}{number}/rejects/").status_code == 403


@pytest.mark.parametrize("name", ["../../etc/passwd", ".hidden", "", "a\\b:c.csv", "x" * 300])
def test_any_name_of_a_file_is_a_plain_one(manager: Client, name: str) -> None:
    sent(manager, [SERIALS[0]], name or "0")
    kept = SerialImport.objects.get().file_name
    assert "/" not in kept
    assert not kept.startswith(".")
    assert len(kept) <= 100


def test_columns_are_named_where_they_are_not_clear(manager: Client) -> None:
    rows = ["a,b,c", "TW24060001,TW24060003,x"]
    file = SimpleUploadedFile("r.csv", "\n".join(rows).encode())
    unclear = manager.post(PAGE, {"serial_list": "k20", "file": file})
    assert unclear.status_code == 422
    page = sent(manager, rows, start_column="a", end_column="b")
    assert "2 lines = 1 heading + 1 accepted" in page
