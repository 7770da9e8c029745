"""`recalldesk feeds`: a feed is read, listed and searched; wrong input is answered in words."""

import shutil
from pathlib import Path

import pytest

from recalldesk.elsewhere import fetching
from recalldesk.elsewhere.models import FeedFile
from tests.cast import AFFECTED, FAR, Command
from tests.elsewhere.feeds_made import OF_CPSC, OF_USA_GOV

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("published_recall"),
]
AUTHOR = ("--as", "author@desk.example")


def test_a_feed_is_read_listed_and_searched(command: Command, tmp_path: Path) -> None:
    assert "No feed was read yet" in command("feeds", "list").out
    path = shutil.copy(OF_CPSC, tmp_path / "feed.json")
    read = command("feeds", "import", str(path), *AUTHOR)
    assert "5 entries = 4 accepted + 1 rejected + 0 duplicate" in read.out, read.err
    rejects = (tmp_path / "feed.json.rejects.csv").read_text(encoding="utf-8-sig")
    assert "neither a recall number nor an address" in rejects
    again = command("feeds", "import", str(path), *AUTHOR)
    assert "nothing changed" in again.out
    command("feeds", "import", str(OF_USA_GOV), "--rejects", str(tmp_path / "r.csv"), *AUTHOR)
    listed = command("feeds", "list").out
    assert "made-up-usa-gov.json, read" in listed
    assert "Together: 6 recalls" in listed
    found = command("feeds", "search", "k 20").out
    assert "2024-03-07 CPSC 90001 Made-up Kettle Works Recalls Kettles" in found
    assert "K20, in the text; Made-up Kettle Works Inc., of Ohio; https://" in found
    assert "Possible, never an answer" in found
    assert "10999" not in command("feeds", "search", "K20", "--word", "Inc.").out
    assert "says nothing of a unit" in command("feeds", "search", "K2").out


def test_a_check_says_where_the_model_may_be_too(command: Command, tmp_path: Path) -> None:
    rejects = ("--rejects", str(tmp_path / "r.csv"))
    command("feeds", "import", str(OF_CPSC), *rejects, *AUTHOR)
    said = command("check", AFFECTED).out
    assert said.index("affected (in_scope)") < said.index("Model K20 may also be in another recall")
    assert "we do not answer for that recall" in said
    assert '"may_also_be_in": [{"model": "K20"' in command("check", AFFECTED, "--json").out
    assert '"may_also_be_in": []' in command("check", FAR, "--model", "Z1", "--json").out


def test_wrong_input_is_answered_in_words(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.json"
    page.write_text("<html>")
    viewer = ("--as", "viewer@desk.example")
    monkeypatch.setattr(fetching, "CONNECT", 0.5)
    for words, answer in (
        ((str(page), *AUTHOR), "a web page"),
        ((str(tmp_path / "none"), *AUTHOR), "none"),
        ((str(tmp_path), *AUTHOR), "directory"),
        ((str(OF_CPSC), *viewer), "may not"),
        (("http://localhost/feed", *AUTHOR), "by https alone"),
        (("https://localhost:1/feed?key=secret", *AUTHOR), "https://localhost/feed did not answer"),
        (("https://localhost:1/feed", *viewer), "may not"),
    ):
        ran = command("feeds", "import", *words)
        assert ran.code == 1
        assert answer in ran.err
        assert "secret" not in ran.err
    assert not FeedFile.objects.exists()
