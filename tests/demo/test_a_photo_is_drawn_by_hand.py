"""`python -m recalldesk.demo.photos`: a photo for whoever tries the pages without a unit."""

from pathlib import Path

import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

from recalldesk.demo.photos.__main__ import draw

SERIAL = "YV8Z31734HN04856"


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    app.command()(draw)
    return app


@pytest.mark.parametrize(
    "asked", [["--serial", SERIAL], ["--word", "RECALLED", "--code", "4829-1375"]]
)
def test_it_is_a_photo_and_the_same_each_time(
    command: typer.Typer, tmp_path: Path, asked: list[str]
) -> None:
    first, again = tmp_path / "first.jpg", tmp_path / "again.jpg"
    for file in (first, again):
        assert CliRunner().invoke(command, [str(file), *asked]).exit_code == 0
    with Image.open(first) as photo:
        assert photo.format == "JPEG"
        assert max(photo.size) > 1500
    assert first.read_bytes() == again.read_bytes()


def test_a_file_that_is_there_stays_as_it_is(command: typer.Typer, tmp_path: Path) -> None:
    file = tmp_path / "mine.jpg"
    file.write_text("mine")
    answer = CliRunner().invoke(command, [str(file), "--serial", SERIAL])
    assert answer.exit_code == 1
    assert "Name another file" in answer.output
    assert file.read_text() == "mine"


@pytest.mark.parametrize("asked", [[], ["--serial", SERIAL, "--word", "RECALLED"]])
def test_it_says_what_to_ask_for(command: typer.Typer, tmp_path: Path, asked: list[str]) -> None:
    answer = CliRunner().invoke(command, [str(tmp_path / "none.jpg"), *asked])
    assert answer.exit_code == 2
    assert "either --serial" in answer.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("asked", [["--serial", "ÄÖ漢"], ["--word", "  "], ["--name", "Peña"]])
def test_what_the_lettering_does_not_have_is_refused(
    command: typer.Typer, tmp_path: Path, asked: list[str]
) -> None:
    answer = CliRunner().invoke(command, [str(tmp_path / "none.jpg"), *asked])
    assert answer.exit_code == 2
    assert "cannot be drawn" in answer.output
    assert not list(tmp_path.iterdir())
