"""`recalldesk mail bounced`, as a mail server runs it: what it reads, and the code that it gets."""

import io
import os
import sys
from collections.abc import Callable

import pytest
from django.db import OperationalError

from recalldesk.cli import mail
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.reports import MOST_BYTES
from recalldesk.mailing.states import MailingState
from tests.cast import Command, Ran
from tests.mailing.post import TO, a_mail
from tests.mailing.reported import a_report

pytestmark = pytest.mark.usefixtures("db", "index_folder")
Pipes = Callable[[bytes], Ran]


@pytest.fixture
def pipes(command: Command, monkeypatch: pytest.MonkeyPatch) -> Pipes:
    """The command with these bytes on standard input."""

    def ran(content: bytes) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8"))
        done = command("mail", "bounced")
        assert sys.stdin.buffer.read() == b"", "the mail server was cut off"
        return done

    return ran


def report_of(mailing: Mailing, more: bytes = b"") -> bytes:
    return a_report(f"<{mailing.random_id.hex}@recall.example>") + more


def test_a_report_is_written_down_once(pipes: Pipes) -> None:
    mailing = a_mail(filing_id=7)
    first, second = pipes(report_of(mailing)), pipes(report_of(mailing))
    assert (first.code, first.out) == (0, "Written down.\n")
    assert (second.code, second.out) == (0, "Nothing new.\n")
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED
    assert TO not in first.out + first.err


def test_a_very_long_report_is_read_to_its_end(pipes: Pipes) -> None:
    mailing = a_mail()
    assert pipes(report_of(mailing, b"x" * MOST_BYTES)).code == 0
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Subject: Thank you\n\nMade up.\n", "Write to the address for replies"),
        (b"", "no report of a mail that came back"),
        (a_report(), "names no mail of ours"),
    ],
)
def test_what_is_no_report_of_our_mail_goes_back(pipes: Pipes, content: bytes, said: str) -> None:
    ran = pipes(content)
    assert (ran.code, ran.out, said in ran.err) == (os.EX_DATAERR, "", True)


@pytest.mark.parametrize("error", [OperationalError("away"), OSError(28, "full"), KeyError("x")])
def test_where_something_of_ours_goes_wrong_the_mail_server_comes_again(
    pipes: Pipes, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(**_: object) -> bool:
        raise error

    monkeypatch.setattr(mail, "take_report", fails)
    assert pipes(a_report()).code == os.EX_TEMPFAIL


def test_so_it_does_where_the_pipe_is_written_wrong(command: Command) -> None:
    assert command("mail", "bounced", "--made-up").code == os.EX_TEMPFAIL
