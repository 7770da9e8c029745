"""`recalldesk notice print`: poster, press release and letter to shops, as files."""

from pathlib import Path

import pytest

from tests.cast import SLUG, Command
from tests.notice.papers import read, words_of

pytestmark = pytest.mark.usefixtures("published_recall")


@pytest.mark.parametrize("what", ["poster", "press-release", "trade-letter"])
def test_each_gets_its_name_in_a_folder(command: Command, tmp_path: Path, what: str) -> None:
    ran = command("notice", "print", SLUG, "--what", what, "--paper", "A3", "--to", str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    made = tmp_path / f"{SLUG}-v1-{what}-a3-en.pdf"
    assert str(made) in ran.out.replace("\n", "")
    assert read(made.read_bytes()).pages


def test_in_another_language_to_a_file(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "cartel.pdf"
    command("notice", "print", SLUG, "--language", "es", "--to", str(file))
    assert "Quéhacerahora" in words_of(read(file.read_bytes()))
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*"))


def test_a_file_that_cannot_be_written_is_named(command: Command, tmp_path: Path) -> None:
    ran = command("notice", "print", SLUG, "--to", str(tmp_path / "none" / "poster.pdf"))
    assert ran.code == 1
    assert "cannot be written: No such file or directory." in ran.err
    assert "--to" in ran.err


def test_of_one_brand_it_says_so_in_its_name(command: Command, tmp_path: Path) -> None:
    ran = command("notice", "print", SLUG, "--brand", "tidewater", "--to", str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / f"{SLUG}-tidewater-v1-poster-letter-en.pdf").exists()


def test_a_brand_that_it_does_not_have_is_refused_with_those_that_it_has(
    command: Command, tmp_path: Path
) -> None:
    ran = command("notice", "print", SLUG, "--brand", "harbour", "--to", str(tmp_path))
    assert ran.code == 1
    assert "has no brand 'harbour'" in ran.err
    assert "Its brands: tidewater." in ran.err
    assert not list(tmp_path.glob("*.pdf"))
