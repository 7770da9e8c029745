"""The page of files: frozen, taken, read back; for whoever may, and nobody else."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from recalldesk.accounts.permissions import Permission, Role, roles_that_may
from recalldesk.remedies.models import Batch, BatchLine
from recalldesk.remedies.placing.due import place_due
from tests.at_the_desk import main_of, sign_in, staff
from tests.remedies.files.listed import bank_is_set, listed_order

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("index_folder", "quick_passwords"),
]
FILES = "/desk/files/"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    bank_is_set(settings)


def test_no_reviewer_hands_out_files() -> None:
    assert roles_that_may(Permission.HAND_OUT_FILES) == (Role.RECALL_MANAGER, Role.ADMINISTRATOR)
    client = sign_in(Client(), staff(Role.SENIOR_REVIEWER))
    assert client.get(FILES).status_code == 403


def test_a_file_goes_its_way_by_the_page() -> None:
    client = sign_in(Client(), staff(Role.RECALL_MANAGER))
    assert "There is no file" in main_of(client.get(FILES))
    listed_order(1)
    place_due()
    number = Batch.objects.get().pk
    assert "Freeze now" in main_of(client.get(FILES))
    assert "is not frozen" in _after(client, f"{FILES}{number}/take/", form="csv")
    assert f"File {number} is frozen" in _after(client, f"{FILES}{number}/freeze/")
    taken = client.post(f"{FILES}{number}/take/", {"form": "csv"})
    assert taken["Content-Disposition"].startswith('attachment; filename="pick-list-RD')
    assert taken.content.startswith(b'\xef\xbb\xbf"Line","Article"')
    assert taken["Cache-Control"] == "no-store"
    mark = BatchLine.objects.get().mark
    content = f"Line,Tracking\n{mark},TR1\nnothing,TR2\n".encode()
    page = _after(client, f"{FILES}read/", file=SimpleUploadedFile("back.csv", content))
    assert "1 accepted, 1 not taken" in page
    assert "It names no line of ours" in page
    page = _after(client, f"{FILES}read/", file=SimpleUploadedFile("back.csv", content))
    assert "nothing changed" in page
    page = _after(client, f"{FILES}read/", file=SimpleUploadedFile("b.csv", b"A,B\n1,2\n"))
    assert "does not name the columns" in page
    assert "Choose the file" in _after(client, f"{FILES}read/")
    assert "There is no file 999" in _after(client, f"{FILES}999/freeze/")


def _after(client: Client, path: str, **fields: object) -> str:
    return client.post(path, fields, follow=True).content.decode()
