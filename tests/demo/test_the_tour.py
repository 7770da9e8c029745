"""The whole tour, by the real command: both owners get their remedies, or what is missing is named.

The recall has a few hundred made-up units, and the tables are there; all else is as `make demo`
does it.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from recalldesk.demo import remedy_tour
from recalldesk.demo.browser import Page
from recalldesk.demo.remedy_tour import RemedyTour
from recalldesk.demo.tour import TourEnded
from tests.ports import free_port
from tests.prepared import lay_prepared
from tests.programs import ROOT, data_folder, start

STEPS = (
    "Olga Example files a claim",
    "the claim is sent: R-",
    "the rule approved it, and a letter says so (",
    "a letter says that the gift card's code is ready (",
    "the gift card's code is shown: DEMO … ",
    "Gift card code ready",
    "Gift card code shown",
    "Sam Sample files a claim",
    "the claim is sent: R-",
    "the rule approved it, and a letter says so (",
    "the label is bought, and a letter says that it is ordered (",
    "the carrier tells that it has the parcel, and a letter says so (",
    "the claim's page shows how to follow it: USPS 94001",
    "the carrier tells that it was delivered, and a letter says so (",
    "Remedy ordered",
    "Remedy sent",
    "Remedy delivered",
)
TIMED = re.compile(r"\(\d+(?: ms|\.\d s)\)$")


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The one example that the tour is about."""
    shutil.copytree(ROOT / "examples" / "anker-a1263", tmp_path / "examples" / "anker-a1263")
    return tmp_path / "examples"


def test_it_goes_on_to_a_gift_card_and_to_a_parcel(examples: Path) -> None:
    with data_folder() as home:
        lay_prepared(home)
        words = ("demo", "--examples", str(examples), "--units", "300", "--no-serve")
        port = free_port()
        demo = start(home, *words, "--port", str(port), RECALLDESK_PROFILE="demo")
        said, complained = demo.communicate(timeout=600)
        assert demo.returncode == 0, said + complained
        kept = {path.name for path in (home / "providers").iterdir()}
        mails = [path.read_text() for path in (home / "mail").iterdir()]
    ports = {
        each for mail in mails for each in re.findall(r"://(?:127.0.0.1|localhost):(\d+)", mail)
    }
    assert ports == {str(port)}, "a link in a mail leads to the port that is served"
    assert kept == {"easypost.jsonl", "tremendous.jsonl"}
    place = 0
    for step in STEPS:
        place = said.find(step, place) + 1
        assert place, f"{step!r} is missing or too late in:\n{said}"
    of_claims = said[said.index("Olga") : said.index("All that was mailed")].splitlines()
    shown = [line for line in of_claims if line.startswith("  ") and "its page says" not in line]
    assert [line for line in shown if not TIMED.search(line)] == []
    listed = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False)
    assert listed.stdout == ""


class Nothing:
    """A browser before a claim that stays approved, and a mailbox that stays empty."""

    def open(self, address: str) -> Page:
        line = '<li><span class="small soft">Today</span><b>Approved</b></li>'
        return Page(address, 200, line, 1.0)

    def letter_saying(self, _words: str) -> None:
        return None


@pytest.mark.parametrize("part", ["gift_card", "parcel"])
def test_what_does_not_come_is_named_with_how_the_claim_stands(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remedy_tour, "PATIENCE", 0)
    tour = RemedyTour(Nothing(), Nothing(), "http://127.0.0.1/en/claims/x/")  # type: ignore[arg-type]
    said = 'nothing to be seen of the letter "Your claim is approved …".*page says: Approved'
    with pytest.raises(TourEnded, match=said):
        list(getattr(tour, part)())
