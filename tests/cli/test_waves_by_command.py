"""`recalldesk waves`: from a file to an approved wave, by the hands of two."""

from pathlib import Path

import pytest

from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import WaveState
from recalldesk.outreach.waves.starting import start_due_waves
from tests.cast import SLUG, Cast, Command
from tests.outreach.told import Told

AUTHOR = ("--as", "author@desk.example")
APPROVER = ("--as", "approver@desk.example")
FILE = """
name = "First mails"
ways = ["email", "sms"]
starts_at = 2024-01-02T09:00:00-05:00
per_minute = 60
currency = "USD"
[audience]
countries = ["US"]
channels = ["amazon"]
[costs]
sms = "0.02"
[texts.email.en]
subject = "Safety recall of your {product}"
file = "mail.txt"
"""
WORDS = "Stop using your {product}.\n\n{hazard}\n\n{link}\n\nCall {phone}."


@pytest.fixture(autouse=True)
def told(published_recall: object, cast: Cast) -> Told:
    told = Told(cast)
    told.bought(email="ana@example.org", phone="+12025550111")
    return told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "mail.txt").write_text(WORDS.replace("\\\n", "\n"), encoding="utf-8")
    path = tmp_path / "wave.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_wave_goes_its_whole_way(command: Command, file: Path) -> None:
    assert command("waves", "list", SLUG, *AUTHOR).out == f"{SLUG} has no wave yet.\n"
    assert "Wave 1" in command("waves", "new", SLUG, str(file), *AUTHOR).out
    text = WaveText.objects.get(way="email", language="en")
    assert text.subject == "Safety recall of your {product}"
    said = command("waves", "preview", SLUG, "1", *AUTHOR).out
    assert "2 notices: e-mail 1, text message 1." in said
    assert "1 purchasers = 1 reached" in said
    assert "Cost: 0.02 USD." in said
    poor = command("waves", "test", SLUG, "1", "--to", "12", *AUTHOR)
    assert "goes to an e-mail address, and this is none" in poor.err
    strange = command("waves", "test", SLUG, "1", "--to", "agency@example.com", *AUTHOR)
    assert (strange.code, "Add --yes" in strange.err) == (1, True)
    to = ("--to", "author@desk.example")
    assert "2 tests are on the way." in command("waves", "test", SLUG, "1", *to, *AUTHOR).out
    assert "waits for a second person" in command("waves", "ask", SLUG, "1", *AUTHOR).out
    refused = command("waves", "approve", SLUG, "1", *AUTHOR)
    assert (refused.code, "does not approve it" in refused.err) == (1, True)
    assert command("waves", "approve", SLUG, "1", *APPROVER).code == 0
    assert start_due_waves() == 1
    shown = command("waves", "show", SLUG, "1", "--texts", *AUTHOR).out
    assert "E-mail: 1 notice = 1 waiting." in shown
    assert "Answers: 0 notices were answered." in shown
    assert "Claims: 0 filed, 0 begun and not sent yet." in shown
    assert "A test was sent of these words." in shown
    assert "Approved by Approver" in shown
    assert command("waves", "pause", SLUG, "1", *AUTHOR).code == 0
    assert command("waves", "resume", SLUG, "1", *AUTHOR).code == 0
    assert command("waves", "stop", SLUG, "1", "--reason", "Wrong phone", *AUTHOR).code == 0
    assert Wave.objects.get().state == WaveState.STOPPED
    assert "Stopped for good" in command("waves", "list", SLUG, *AUTHOR).out
    stopped = command("waves", "show", SLUG, "1", *AUTHOR).out
    assert "Text message: 1 notice = 1 withheld.\n  withheld, 1: Its wave was stopped." in stopped


def test_words_with_an_error_are_told_and_refused(command: Command, file: Path) -> None:
    (file.parent / "mail.txt").write_text("Get a discount!", encoding="utf-8")
    drafted = command("waves", "new", SLUG, str(file), *AUTHOR)
    assert (drafted.code, Wave.objects.exists()) == (1, False)
    assert "E-mail, en: 'discount' advertises" in drafted.err
    assert "own link is missing" in drafted.err
    (file.parent / "mail.txt").write_text(WORDS, encoding="utf-8")
    command("waves", "new", SLUG, str(file), *AUTHOR)
    WaveText.objects.filter(way="email", language="en").update(body="Get a discount!")
    looked = command("waves", "preview", SLUG, "1", *AUTHOR)
    assert (looked.code, "'discount' advertises" in looked.out) == (1, True)
    ran = command("waves", "ask", SLUG, "1", *AUTHOR)
    assert ran.code == 1
    assert "'discount' advertises" in ran.err
    assert "own link is missing" in ran.err
    assert ran.err.count("advertises") == 1, "each error is said once"
    assert Wave.objects.get().state == WaveState.DRAFT


def test_it_is_sent_back_and_taken_back(command: Command, file: Path) -> None:
    command("waves", "new", SLUG, str(file), *AUTHOR)
    command("waves", "ask", SLUG, "1", *AUTHOR)
    assert command("waves", "send-back", SLUG, "1", "--reason", "Why?", *APPROVER).code == 0
    command("waves", "ask", SLUG, "1", *AUTHOR)
    assert command("waves", "take-back", SLUG, "1", *AUTHOR).code == 0
    assert Wave.objects.get().state == WaveState.DRAFT


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("per_minute = 60", "per_minute = 0", "`per_minute` is no number"),
        ("-05:00", "", "no moment with its time zone"),
        ('["email", "sms"]', '["fax"]', "`ways` says 'fax'"),
        ('["US"]', '["usa"]', "is no country"),
        ('"mail.txt"', '"none.txt"', "cannot be read"),
        ("file =", "files =", "has no 'files'"),
        ('"0.02"', '"cheap"', "is no number"),
        ("[costs]", "[cost]", "A wave has no 'cost'"),
        ("name =", "name", "The file is no TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_in_words(
    command: Command, file: Path, was: str, now: str, said: str
) -> None:
    file.write_text(FILE.replace(was, now, 1), encoding="utf-8")
    ran = command("waves", "new", SLUG, str(file), *AUTHOR)
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert not Wave.objects.exists()


def test_all_that_is_wrong_with_a_file_is_named_at_once(command: Command, file: Path) -> None:
    file.write_text(
        """
knd = "first"
ways = ["email", "fax"]
per_minute = 0
currency = "dollars"
starts_at = 2024-01-02
[audience]
countries = ["usa", "US", "xx"]
products = ["toaster"]
[costs]
sms = "cheap"
[texts.email.en]
body = "Get a discount!"
[texts.letter.tlh]
file = "none.txt"
""",
        encoding="utf-8",
    )
    ran = command("waves", "new", SLUG, str(file), *AUTHOR)
    assert ran.code == 1
    assert not Wave.objects.exists()
    for said in (
        "A wave has no 'knd'",
        "`ways` says 'fax'",
        "`per_minute` is no number",
        "The currency is none",
        "no moment with its time zone",
        "'usa' is no country",
        "'xx' is no country",
        "no product 'toaster'",
        "The cost of sms is no number",
        "'discount' advertises",
        "none.txt cannot be read",
    ):
        assert ran.err.count(said) == 1, said
    assert "'US'" not in ran.err
    assert ran.err.rstrip().endswith("Nothing was changed: mend the file, and run this again.")


def test_words_for_a_way_by_which_the_wave_does_not_go_are_refused(
    command: Command, file: Path
) -> None:
    file.write_text(FILE.replace('["email", "sms"]', '["sms"]'), encoding="utf-8")
    ran = command("waves", "new", SLUG, str(file), *AUTHOR)
    assert (ran.code, "texts.email.en: the wave does not go by e-mail" in ran.err) == (1, True)
