"""`recalldesk seats` and `recalldesk questions`: given, listed, promised, answered, ended."""

from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.inquiries.asking import ask
from recalldesk.inquiries.models import Answer, Seat
from recalldesk.inquiries.wording import Said
from recalldesk.recalls.models import Recall, RecallVersion
from tests.cast import SLUG, Command
from tests.inquiries.seated import regulator

pytestmark = pytest.mark.django_db(transaction=True)
AS = ("--as", "author@desk.example")
VIEWER = ("--as", "viewer@desk.example")
GRETA = "greta@authority.example"


@pytest.fixture
def greta(published_recall: RecallVersion) -> Staff:
    return regulator(email=GRETA)


def test_a_seat_is_given_asked_from_and_ended(
    command: Command, greta: Staff, published_recall: RecallVersion, tmp_path: Path
) -> None:
    last = clock.now().date() + timedelta(days=30)
    until = ("--until", str(last))
    given = command("seats", "give", SLUG, GRETA, "--authority", "CPSC", *until, *AS)
    assert "Greta Guard, CPSC, at kettle-k20; a mail tells them." in given.out, given.err
    listed = command("seats", "list", *AS)
    assert all(words in listed.out for words in (GRETA, "CPSC", str(last), "open"))
    said = Said("Fires", "Which fires?", "/desk/seat/kettle-k20/incidents/")
    asked = ask(by=greta, recall=published_recall.recall, said=said)
    number = str(asked.pk)
    assert "Fires" in command("questions", "list", "--recall", SLUG, *AS).out
    day = str(clock.now().date() + timedelta(days=2))
    assert day in command("questions", "promise", number, day, *AS).out
    text = tmp_path / "answer.txt"
    text.write_text("Two fires.", encoding="utf-8")
    (tmp_path / "tests.pdf").write_bytes(b"%PDF-1.7 made up")
    attach = ("--attach", str(tmp_path / "tests.pdf"))
    answered = command("questions", "answer", number, "--text-file", str(text), *attach, *AS)
    assert "is answered with 1 file;" in answered.out
    shown = command("questions", "show", number, *AS).out
    assert all(
        words in shown for words in ("Which fires?", said.about, day, "Two fires.", "PDF, 16 bytes")
    )
    assert "No question waits" in command("questions", "list", *AS).out
    assert "answered" in command("questions", "list", "--all", *AS).out
    seat = str(Seat.objects.get().pk)
    assert "is ended" in command("seats", "end", seat, *AS).out
    assert "ended" in command("seats", "list", *AS).out


@pytest.mark.usefixtures("greta")
def test_wrong_input_is_answered_in_words(command: Command) -> None:
    give = ("seats", "give", SLUG, GRETA, "--authority", "CPSC")
    for words, answer in (
        ((*give, *VIEWER), "may not answer an authority"),
        (("seats", "give", "no-recall", GRETA, "--authority", "CPSC", *AS), "no recall"),
        ((*give, "--until", "2020-01-01", *AS), "end before it begins"),
        (("seats", "end", "9", *AS), "no seat 9"),
        (("seats", "list", *VIEWER), "may not"),
        (("questions", "list", *VIEWER), "may not"),
        (("questions", "show", "9", *AS), "no question 9"),
        (("questions", "promise", "9", "2030-01-01", *AS), "no question 9"),
        (("questions", "answer", "9", "--text-file", "/no/such/file", *AS), "cannot be read"),
    ):
        ran = command(*words)
        assert (ran.code, answer in ran.err) == (1, True), (words, ran.err)
    assert "Nobody has a seat yet." in command("seats", "list", *AS).out
    assert "Nothing was asked yet." in command("questions", "list", "--all", *AS).out
    assert not Answer.objects.exists()


@pytest.mark.usefixtures("greta")
def test_a_file_that_cannot_be_attached_is_named(command: Command, tmp_path: Path) -> None:
    asked = ask(
        by=Staff.objects.get(email=GRETA),
        recall=given_seat(command),
        said=Said("Fires", "Which fires?"),
    )
    text, page = tmp_path / "answer.txt", tmp_path / "page.html"
    text.write_text("Two fires.", encoding="utf-8")
    page.write_text("<p>Two fires.</p>", encoding="utf-8")
    say = ("questions", "answer", str(asked.pk), "--text-file", str(text), *AS)
    for path, why in ((tmp_path / "none.pdf", "cannot be read"), (page, "no PDF, JPEG or PNG")):
        ran = command(*say, "--attach", str(path))
        assert (ran.code, why in ran.err) == (1, True), ran.err
    assert not Answer.objects.exists()


def given_seat(command: Command) -> Recall:
    """The recall at which Greta has a seat."""
    command("seats", "give", SLUG, GRETA, "--authority", "CPSC", *AS)
    return Recall.objects.get(slug=SLUG)
