"""A second demo in the same folder changes nothing, says so, and has its files again."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from recalldesk.demo import firm as demo
from recalldesk.demo.lists import MadeUpList
from tests.portal.published import SHORT, firm, short_lists

pytestmark = pytest.mark.django_db


def serials(file: Path) -> bytes:
    with gzip.open(file) as lines:
        return lines.read()


def test_a_lost_file_is_written_again_as_it_was_published(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "made_up_lists", short_lists)
    files = sorted(published.glob("*-serials.csv.gz"))
    before = [serials(file) for file in files]
    files[0].unlink()
    firm(published).publish_all()
    assert [serials(file) for file in files] == before


def test_another_number_of_units_is_said_to_change_nothing(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def longer(_units: int) -> list[MadeUpList]:
        return [
            replace(entry, count=2 * SHORT) if entry.name == "a1263" else entry
            for entry in short_lists(SHORT)
        ]

    monkeypatch.setattr(demo, "made_up_lists", longer)
    firm(published).publish_all()
    said = capsys.readouterr().out
    assert f"a1263: published already with {SHORT:,} serials" in said
    assert f"remove the folder {published} to begin anew" in said
    assert said.count("published already") == 1
