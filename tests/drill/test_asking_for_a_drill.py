"""What a drill is asked for: wrong words are refused with what to do, a report is laid beside the
installation, and its exit code says whether the firm is ready.
"""

import gzip
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.audit.models import StateChange
from recalldesk.drill import rehearsing
from recalldesk.drill.copied import copy_of_file, copy_of_recall
from recalldesk.drill.readiness import mail
from recalldesk.drill.readiness.contacts import Confirmations, contacts_of
from recalldesk.drill.readiness.duties import DUTIES
from recalldesk.mailing.domains.rules import Finding, Weight
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from tests.cast import SERIALS, SLUG, Command, Desk, recall_text
from tests.drill.test_a_readiness_report import well

FILE = Path("examples/anker-a1263/recall.toml")


@pytest.fixture(autouse=True)
def asked_nowhere(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """A data folder of the test's own, and no name server."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir(mode=0o700)
    monkeypatch.setattr(
        mail, "check_domain", lambda *_, **__: [Finding(Weight.FINE, "SPF", "is there", "")]
    )


@pytest.mark.parametrize(
    ("words", "said", "todo"),
    [
        (("no-such-recall",), "There is no recall 'no-such-recall'", "There are:"),
        (("./nowhere/recall.toml",), "There is no recall file", "Check the path."),
        ((str(FILE), "--owners", "0"), "1 to 5,000 made-up owners, not 0", "--owners"),
        ((str(FILE), "--errors", "2"), "--errors is a share", "0.1"),
        ((str(FILE), "--photos-of", "-5"), "Fewer than no owners", "--photos-of"),
        ((str(FILE), "--paper", "a3"), "There is no paper 'a3'", "us-letter or a4"),
        ((str(FILE), "--pdf", "/nowhere/at/all.pdf"), "There is no folder", "Make it first."),
        ((str(FILE), "--reviewers", "1000000"), "1 to 200 made-up reviewers", "--reviewers"),
        ((str(FILE), "--units", "-5"), "1 to 1,000,000,000 units, not -5", "--units"),
        ((str(FILE), "--peak-hour", "1.5"), "--peak-hour is a share above 0", "one half"),
        ((str(FILE), "--launch-on", "2020-01-01"), "that day is over", "--launch-on"),
        ((str(FILE), "--told", "0"), "--told is a share above 0", "one half"),
        ((SLUG, "--confirm"), "There is no recall", "There are:"),
    ],
)
@pytest.mark.django_db
def test_wrong_words_are_refused_with_what_to_do(
    command: Command, words: tuple[str, ...], said: str, todo: str
) -> None:
    ran = command("drill", *words)

    assert ran.code == 1
    assert said in ran.err
    assert todo in ran.err


@pytest.mark.django_db
def test_a_recall_file_that_is_no_text_is_refused(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "recall.toml"
    file.write_bytes(b'recall = "x"\xff\n')
    ran = command("drill", str(file), "--in", str(tmp_path / "drills"))
    assert (ran.code, "no text in UTF-8" in ran.err) == (1, True)


def test_a_recall_without_serials_cannot_be_drilled(kettles: Desk, command: Command) -> None:
    kettles.apply()

    ran = command("drill", SLUG)

    assert ran.code == 1
    assert "no serial of a recalled unit yet" in ran.err
    assert "recalldesk serials import" in ran.err


def test_a_recall_is_copied_with_its_serials_and_stays_as_it_is(
    published_recall: RecallVersion, tmp_path: Path
) -> None:
    rows = StateChange.objects.count()

    copied = copy_of_recall(published_recall.recall, tmp_path, seed=1)

    assert copied.text == published_recall.source
    assert copied.units == 1_200
    assert {serial for serial, _ in copied.affected} == set(SERIALS)
    (file,) = copied.lists
    with gzip.open(tmp_path / file.file, "rt", encoding="utf-8") as lines:
        assert set(lines.read().split()[1:]) == set(SERIALS)
    assert StateChange.objects.count() == rows


def test_a_newer_version_that_is_not_live_is_named(kettles: Desk, tmp_path: Path) -> None:
    version = kettles.published()
    kettles.apply(recall_text().replace("Kettle K20", "Kettle K20 mini"))

    copied = copy_of_recall(version.recall, tmp_path, seed=1)

    assert copied.version == "version 1 (version 2 is not live, and was not drilled)"


def test_what_a_recall_excludes_is_nobodys_unit(kettles: Desk, tmp_path: Path) -> None:
    excluded = SERIALS[0]
    scope = f"""
[[scope.lists]]
name = "k20"
products = ["k20"]

[[scope.ranges]]
start = "{excluded}"
end = "{excluded}"
products = ["k20"]
meaning = "excluded"
"""
    version = kettles.published(recall_text(units=4, scope=scope))

    copied = copy_of_recall(version.recall, tmp_path, seed=1)

    assert {serial for serial, _ in copied.affected} == set(SERIALS[1:])


def test_a_recall_file_is_drilled_with_made_up_serials(tmp_path: Path) -> None:
    copied = copy_of_file(FILE, tmp_path, seed=1)

    assert copied.slug == "anker-a1263"
    assert copied.units == 1_158_000
    assert len(copied.affected) == 20_000
    assert "made-up serials" in copied.version


def test_the_report_is_laid_beside_the_installation(
    published_recall: RecallVersion,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(rehearsing, "hold_drill", lambda *_, **__: well())
    paper = tmp_path / "report.pdf"

    ran = command("drill", SLUG, "--in", str(tmp_path / "drills"), "--pdf", str(paper))

    assert ran.code == 1, ran.err
    assert ran.out.startswith("Not ready: ")
    assert "Do these first:" in ran.out
    for words in (
        "is live, approved by Approver",
        "nobody has said yet that it answers",
        "Mail set up",
        "no order file came in",
        "No folder for backups is set",
        "Second factors",
        "96 of 96 honest claims paid exactly once",
    ):
        assert words in " ".join(ran.out.split()), words
    assert paper.read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "drills").iterdir()) == []

    ran = command("drill", SLUG, "--in", str(tmp_path / "drills"), "--json")
    told = json.loads(ran.out)
    assert told["ready"] is False
    assert len(told["first"]) == 3
    assert all(each["who"] and each["by"] for each in told["points"] if each["light"] != "ready")
    assert {each["name"] for each in told["points"]} == set(DUTIES)


def test_contacts_are_confirmed_one_by_one_by_a_person(
    published_recall: RecallVersion,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    asked = list[str]()
    monkeypatch.setattr("typer.confirm", lambda question: asked.append(question) or True)

    assert "Say who you are." in command("drill", SLUG, "--confirm").err
    ran = command("drill", SLUG, "--confirm", "--as", "author@desk.example")

    assert ran.code == 0, ran.err
    contacts = contacts_of(document_of(published_recall))
    assert len(asked) == len(contacts)
    said = Confirmations(settings.HOME).said()
    assert {each.name for each in contacts} == set(said)
    assert all(each["by"] == "author@desk.example" and each["answers"] for each in said.values())
