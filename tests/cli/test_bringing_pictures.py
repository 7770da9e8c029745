"""`recall pictures` and `recall apply` bring pictures, and say what became of each file."""

from pathlib import Path

import pytest

from recalldesk.pictures.reads import missing_pictures
from recalldesk.recalls.reads import newest_version
from tests.cast import SLUG, Command, Desk, recall_text
from tests.made_pictures import lay_beside, picture

FRONT = "k20-front.jpg"
AS = ("--as", "author@desk.example")


@pytest.fixture
def bare(kettles: Desk) -> Desk:
    kettles.apply(pictures=False)
    return kettles


def lacks(desk: Desk) -> tuple[str, ...]:
    version = newest_version(desk.recall())
    assert version is not None
    return missing_pictures(version)


def test_a_folder_says_which_came_and_which_are_not_named(
    command: Command, bare: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in (FRONT, "k20-frint.jpg", ".hidden.jpg"):
        (folder / name).write_bytes(picture())
    ran = command("recall", "pictures", SLUG, str(folder), *AS)
    assert ran.code == 0
    assert "k20-front.jpg: taken" in ran.out
    assert "k20-frint.jpg: the recall file does not name it" in ran.out
    assert ".hidden" not in ran.out
    assert "All pictures that the recall file names are there." in ran.out
    assert lacks(bare) == ()
    again = command("recall", "pictures", SLUG, str(folder / FRONT), *AS)
    assert "the same as before" in again.out


def test_what_is_refused_ends_badly_and_what_is_missing_is_said(
    command: Command, bare: Desk, tmp_path: Path
) -> None:
    (tmp_path / FRONT).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "k20-fromt.jpg").write_bytes(picture())
    ran = command("recall", "pictures", SLUG, str(tmp_path / FRONT), *AS)
    assert ran.code == 1
    assert "k20-front.jpg: not taken. It is an SVG" in ran.err
    assert "1 picture is missing: k20-front.jpg." in ran.out
    near = command("recall", "pictures", SLUG, str(tmp_path / "k20-fromt.jpg"), *AS)
    assert "did you mean k20-front.jpg?" in near.out


def test_a_path_that_is_nothing_is_refused(command: Command, bare: Desk, tmp_path: Path) -> None:
    ran = command("recall", "pictures", SLUG, str(tmp_path / "none"), *AS)
    assert (ran.code, "neither a file nor a folder" in ran.err) == (1, True)


def test_applying_takes_what_lies_beside_the_file(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "recall.toml"
    file.write_text(recall_text(), encoding="utf-8")
    ran = command("recall", "apply", str(file), *AS)
    assert "1 picture is missing: k20-front.jpg." in ran.out
    assert f"recalldesk recall pictures {SLUG} FILE" in ran.out
    lay_beside(file)
    again = command("recall", "apply", str(file), *AS)
    assert (again.code, again.err) == (0, "")
    assert "version 1 says that already" in again.out
    assert "k20-front.jpg: taken" in again.out
    assert lacks(kettles) == ()


def test_a_new_file_has_its_picture_beside_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    file = tmp_path / "own" / "x.toml"
    assert command("recall", "new", "x", "--to", str(file)).code == 0
    drawn = (tmp_path / "own" / FRONT).read_bytes()
    assert drawn.startswith(b"\xff\xd8\xff")
    (tmp_path / "own" / FRONT).write_bytes(b"mine")
    command("recall", "new", "y", "--to", str(tmp_path / "own" / "y.toml"))
    assert (tmp_path / "own" / FRONT).read_bytes() == b"mine"


def test_what_holds_it_back_names_the_picture(command: Command, bare: Desk) -> None:
    shown = command("recall", "show", SLUG).out
    assert "The recall file names pictures that are missing: k20-front.jpg." in shown
    assert "[pictures_missing]" in shown


def test_another_picture_is_a_difference_of_versions(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    kettles.published()
    (tmp_path / FRONT).write_bytes(picture(colour="#123456"))
    taken = command("recall", "pictures", SLUG, str(tmp_path / FRONT), *AS)
    assert "Version 1 is live and stays as it is; this is a new draft." in taken.out
    assert "picture k20-front.jpg: another" in command("recall", "diff", SLUG).out
