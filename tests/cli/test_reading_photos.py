"""`recalldesk photos read` shows what the engine sees, and says what is wrong with what it got."""

import json
from pathlib import Path

import pytest
from PIL import Image

from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.recalls.models import RecallVersion
from tests.cast import Command
from tests.environment import ROOT

SERIAL = "A12F8G7K30XB4T9C"
RECALL_FILE = str(ROOT / "examples" / "anker-a1263" / "recall.toml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    label = draw_label(SERIAL, "A1263", 4, look=Look.DARK_ON_WHITE, has_bar_code=False)
    label.save(folder / "label.jpg")
    draw_marking("RECALLED", "4829-1375", seed=3).save(folder / "marking.webp")
    (folder / "words.txt").write_text("no picture")
    return folder


def test_a_label_is_read_by_a_recall_file_without_a_database(
    command: Command, folder: Path
) -> None:
    label = str(folder / "label.jpg")
    ran = command(
        "photos", "read", label, "--kind", "label", "--form", "a1263", "--recall", RECALL_FILE
    )
    assert ran.code == 0
    assert SERIAL in ran.out
    assert "A1263" in ran.out


def test_json_gives_an_object_for_each_file_also_for_one_that_cannot_be_read(
    command: Command, folder: Path
) -> None:
    files = [str(folder / name) for name in ("marking.webp", "words.txt", "none.jpg")]
    options = ("--kind", "marking", "--expect", "4829 1375", "--word", "RECALLED", "--json")
    ran = command("photos", "read", *files, *options)
    assert ran.code == 1
    told = [json.loads(row) for row in ran.out.splitlines()]
    assert [each["file"] for each in told] == files
    marks = told[0]["marking"]
    assert marks["word"]["is_verified"]
    assert marks["code"]["is_verified"]
    assert marks["name"] is None
    assert "not a photo" in told[1]["problem"]
    assert "cannot be opened" in told[2]["problem"]


def test_of_what_was_not_asked_for_no_empty_table_is_shown(command: Command, folder: Path) -> None:
    ran = command("photos", "read", str(folder / "marking.webp"), "--kind", "marking")
    assert ran.code == 0
    assert "RECALLED" in ran.out
    assert "verified" not in ran.out


def test_a_photo_that_says_nothing_is_said_to_say_nothing(command: Command, tmp_path: Path) -> None:
    Image.new("RGB", (800, 600), "white").save(tmp_path / "white.png")
    ran = command("photos", "read", str(tmp_path / "white.png"), "--kind", "marking")
    assert ran.code == 0
    assert "Nothing was read." in ran.out


WRONG = [
    (("--kind", "label", "--recall", RECALL_FILE, "--form", "Z99"), "There are: A1263"),
    (("--kind", "label", "--recall", "none.toml"), "cannot be read"),
    (("--kind", "marking", "--expect", "123"), "eight digits"),
    (("--kind", "marking", "--expect", "4829-137A"), "eight digits"),
    (("--kind", "marking", "--date", "soon"), "is a day"),
    (("--kind", "marking", "--form", "A1263"), "goes with --kind label"),
    (("--kind", "label", "--expect", "4829-1375"), "goes with --kind marking"),
    (("--kind", "receipt"), "receipt"),
    ((), "--kind"),
]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_what_does_not_fit_is_said_before_anything_is_read(
    command: Command, options: tuple[str, ...], said: str
) -> None:
    ran = command("photos", "read", "none.jpg", *options)
    assert ran.code in (1, 2)
    assert said in ran.err


@pytest.mark.django_db
def test_the_forms_of_this_installations_recalls_are_known_by_the_model(
    command: Command, folder: Path, published_recall: RecallVersion
) -> None:
    words = str(folder / "words.txt")
    ran = command("photos", "read", words, "--kind", "label", "--form", "no such model")
    assert ran.code == 1
    assert "There are: K20." in ran.err
    ran = command("photos", "read", words, "--kind", "label", "--form", "k20")
    assert "not a photo" in ran.err
