"""The lettering that the photos are drawn in: all there, free to ship, small."""

import re
from pathlib import Path

import pytest

from recalldesk.demo.photos.fonts import DOT_MATRIX, FOLDER, HANDS, LABEL_FACES, Face

ALL = (*LABEL_FACES, DOT_MATRIX, *HANDS)
NEEDED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -:./"
LICENCES = {"OFL 1.1": "LICENSE-OFL-1.1.txt", "Apache 2.0": "LICENSE-Apache-2.0.txt"}


def rows() -> dict[str, list[str]]:
    """The README's table by file."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    return {row[0]: row for row in cells[1:]}


@pytest.mark.parametrize("face", ALL, ids=lambda face: face.file)
def test_each_face_draws_each_character_apart(face: Face) -> None:
    font = face.at(40)
    missing = bytes(font.getmask("\u2603"))
    drawn = {character: bytes(font.getmask(character)) for character in NEEDED if character != " "}
    assert missing not in drawn.values()
    assert len({drawn[digit] for digit in "0123456789"}) == 10


@pytest.mark.parametrize("face", ALL, ids=lambda face: face.file)
def test_each_face_is_named_in_the_table_and_in_its_licence(face: Face) -> None:
    row = rows()[face.file]
    licence = (FOLDER / LICENCES[row[-1]]).read_text(encoding="utf-8")
    assert f"{face.file}.ttf" in licence
    if face is not DOT_MATRIX:
        assert row[3] == ("held out" if face.is_held_out else "tuning")


def test_no_face_lies_there_that_nothing_draws() -> None:
    assert {path.stem for path in FOLDER.glob("*.ttf")} == {face.file for face in ALL}
    assert set(rows()) == {face.file for face in ALL}


def test_none_has_a_reserved_name() -> None:
    licence = (FOLDER / "LICENSE-OFL-1.1.txt").read_text(encoding="utf-8")
    notices = [line for line in licence.splitlines() if re.match(r"[a-z0-9-]+\.ttf: ", line)]
    assert len(notices) == sum(row[-1] == "OFL 1.1" for row in rows().values())
    assert not any("reserved font name" in notice.lower() for notice in notices)


def test_all_of_it_is_small() -> None:
    files = [path for path in Path(FOLDER).parent.rglob("*") if path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in files if path.is_file()) < 400_000
