"""`recalldesk claim`: staff at the server read what owners wrote, and answer."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.jobs import mail_failed
from recalldesk.claims.messages import LONGEST_MESSAGE, write_message
from recalldesk.claims.models import Filing, Message
from recalldesk.claims.reads import messages_of
from recalldesk.mailing.actions import move_mailing
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, Purpose, SendError
from recalldesk.sealing import vault
from tests.cast import AFFECTED, SERIALS, Command
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.claims.owner import OLGA, STREET, Owner, fresh_pass

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
AS = ("--as", "author@desk.example")
WHY = ("--reason", "Made up: she called.")
Types = Callable[[bytes], None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    """What comes on standard input."""

    def given(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8"))

    return given


@pytest.fixture
def filing() -> Filing:
    return OLGA.files()


def wrote(filing: Filing, text: str = "Made up: when?", nonce: str = "n1") -> None:
    write_message(filing_id=filing.pk, text=text, nonce=nonce)


def test_a_claim_is_shown_with_its_owner_masked(command: Command, filing: Filing) -> None:
    wrote(filing)
    ran = command("claim", "show", filing.reference, *AS, *WHY)
    assert ran.code == 0
    for part in (filing.reference, OLGA.name, "o•••@home.example", AFFECTED, "In review", "when?"):
        assert part in ran.out
    for hidden in (OLGA.email, STREET["street_address"], STREET["postal_code"]):
        assert hidden not in ran.out + ran.err


def test_how_to_reach_the_owner_is_shown_where_it_is_asked_for(
    command: Command, filing: Filing
) -> None:
    assert OLGA.email in command("claim", "show", filing.reference, *AS, *WHY, "--contact").out
    looks = StateChange.objects.filter(subject=Subject.FILING, subject_id=filing.pk)
    assert looks.latest("pk").to_state == "contact_read"


def test_each_look_is_in_the_log_with_who_and_why(command: Command, filing: Filing) -> None:
    command("claim", "show", filing.reference, *AS, *WHY)
    row = StateChange.objects.filter(subject=Subject.FILING, to_state="looked_at").get()
    assert (row.subject_id, row.actor) == (filing.pk, "staff")
    assert row.actor_id is not None
    assert row.note is not None
    sealed = bytes(row.note.sealed_text)
    said = vault.open_text(sealed, scope=vault.DESK, purpose="audit.Note.sealed_text")
    assert said == WHY[1]


def test_who_may_not_answer_owners_sees_nothing_and_leaves_no_look(
    command: Command, filing: Filing
) -> None:
    for words in (("show", filing.reference, *WHY), ("unanswered",), ("answer", filing.reference)):
        ran = command("claim", *words, "--as", "viewer@desk.example")
        assert (ran.code, ran.out) == (1, "")
        assert "may not answer owners" in ran.err
    assert not StateChange.objects.filter(to_state="looked_at").exists()


def test_what_an_owner_wrote_cannot_steer_the_terminal(command: Command, filing: Filing) -> None:
    wrote(filing, "Made up\x1b[2J\x07 [red]and[/red]\nmore\u202e")
    out = command("claim", "show", filing.reference, *AS, *WHY).out
    assert "Made up\ufffd[2J\ufffd [red]and[/red]\nmore\ufffd" in out


def test_whoever_waits_for_an_answer_is_listed_until_there_is_one(
    command: Command, types: Types
) -> None:
    first, second = OLGA.files(), OLGA.files(SERIALS[1])
    assert "No owner waits for an answer." in command("claim", "unanswered", *AS).out
    wrote(second)
    wrote(first)
    assert re.findall(r"R-\S+", command("claim", "unanswered", *AS).out) == [
        second.reference,
        first.reference,
    ]
    types(b"Made up: tomorrow.\n")
    assert command("claim", "answer", second.reference, *AS).code == 0
    assert re.findall(r"R-\S+", command("claim", "unanswered", *AS).out) == [first.reference]


def test_an_answer_stands_on_the_page_and_a_letter_leads_to_it(
    command: Command, types: Types, filing: Filing
) -> None:
    wrote(filing)
    types("Mañana, made up.\n".encode())
    ran = command("claim", "answer", filing.reference.lower().replace("-", " "), *AS)
    assert (ran.code, "A letter that leads to it is sent." in ran.out) == (0, True)
    assert [(each.is_mine, each.text) for each in messages_of(filing)] == [
        (True, "Made up: when?"),
        (False, "Mañana, made up."),
    ]
    author = Message.objects.latest("pk").author
    assert author is not None
    assert author.email == AS[1]
    assert Mailing.objects.latest("pk").purpose == Purpose.MESSAGE


def test_the_same_answer_given_again_is_sent_once_until_the_owner_writes_anew(
    command: Command, tmp_path: Path, filing: Filing
) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("Made up: yes.", encoding="utf-8")
    words = ("claim", "answer", filing.reference, *AS, "--text-file", str(file))
    assert "stands on the claim's page" in command(*words).out
    again = command(*words)
    assert (again.code, "Nothing was sent again." in again.out) == (0, True)
    wrote(filing)
    assert "stands on the claim's page" in command(*words).out
    assert Message.objects.filter(author__isnull=False).count() == 2
    assert Mailing.objects.filter(purpose=Purpose.MESSAGE).count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" \n", "The message is empty."),
        (b"\xff\xfe", "The message is not UTF-8 text."),
        (b"x" * (LONGEST_MESSAGE + 1), "The message has 4,001 characters; it may have 4,000."),
    ],
)
def test_a_text_that_does_not_fit_is_refused_and_nothing_is_sent(
    command: Command, types: Types, filing: Filing, content: bytes, said: str
) -> None:
    types(content)
    ran = command("claim", "answer", filing.reference, *AS)
    assert (ran.code, said in ran.err) == (1, True)
    assert not Message.objects.exists()


def test_a_file_that_is_not_there_is_said_so(
    command: Command, tmp_path: Path, filing: Filing
) -> None:
    nowhere = str(tmp_path / "nowhere.txt")
    ran = command("claim", "answer", filing.reference, *AS, "--text-file", nowhere)
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


def test_what_is_no_claim_that_was_sent_is_said_so(command: Command, types: Types) -> None:
    draft, over = OLGA.drafts(), OLGA.files(SERIALS[1])
    withdraw_filing(filing_id=over.pk)
    erase_filing(opened=fresh_pass(over))
    types(b"Made up.")
    for reference, said in (
        ("R-2222-2222", "There is no claim of this reference."),
        ("nonsense", "There is no claim of this reference."),
        (draft.reference, "This claim is a draft"),
        (over.reference, "was erased"),
    ):
        for words in (("show", reference, *WHY), ("answer", reference)):
            ran = command("claim", *words, *AS)
            assert (ran.code, ran.out, said in ran.err) == (1, "", True)
    assert not Message.objects.exists()


def test_a_look_without_a_reason_is_refused(command: Command, filing: Filing) -> None:
    ran = command("claim", "show", filing.reference, *AS, "--reason", " ")
    assert (ran.code, "needs a reason" in ran.err) == (1, True)


def test_an_owner_whom_no_letter_reaches_is_to_be_called(
    command: Command, types: Types, settings: Settings
) -> None:
    settings.SMS = "none"
    filing = Owner("Olga Quispe-Made-Up", "", "+12025550143").files()
    shown = command("claim", "show", filing.reference, *AS, *WHY)
    assert "No letter reaches this owner: call." in shown.out
    assert "+12025550143" not in shown.out
    assert "+12025550143" in command("claim", "show", filing.reference, *AS, *WHY, "--contact").out
    types(b"Made up.")
    assert "call the owner" in command("claim", "answer", filing.reference, *AS).out


def test_mail_that_came_back_is_said(command: Command, filing: Filing) -> None:
    letter = Mailing.objects.filter(filing_id=filing.pk).latest("pk")
    move_mailing(mailing=letter, to_state=MailingState.BOUNCED, error=SendError.BOUNCED)
    mail_failed(mailing_id=letter.pk)
    shown = command("claim", "show", filing.reference, *AS, *WHY).out
    assert "What was sent did not arrive" in shown
