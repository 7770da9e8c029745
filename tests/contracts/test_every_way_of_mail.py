"""What each way of sending mail owes: one suite for a server, a provider and a folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from structlog.testing import CapturingLogger

from recalldesk.foundation import clock
from recalldesk.mailing import judging
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, SendError
from tests.mailing.post import SECRET_LINK, TO, a_mail
from tests.mailing.ways import use
from tests.provider_server import INACTIVE_ADDRESS, INVALID_ADDRESS, provider_server
from tests.smtp_server import HANG_UP, smtp_server
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db
SENDING = ["mailing.send"]
Q, S, R, G = (
    MailingState.QUEUED,
    MailingState.SENT,
    MailingState.REFUSED,
    MailingState.GIVEN_UP,
)


@dataclass(frozen=True)
class Sent:
    """A mail as it arrived."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


@dataclass
class Way:
    """One way, what arrived by it, and how to spoil it so that it is tried again, or never."""

    arrived: Callable[[], list[Sent]]
    spoil: Callable[[], None]
    mend: Callable[[], None]
    refuse: Callable[[], None] | None = None


def _of_mail(mail: Any) -> Sent:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return Sent(
        to=mail["To"],
        subject=mail["Subject"],
        text=plain.get_content(),
        html=html.get_content(),
        headers={name: str(value) for name, value in mail.items()},
    )


def _of_provider(mail: dict[str, Any]) -> Sent:
    headers = {each["Name"]: each["Value"] for each in mail["Headers"]}
    return Sent(mail["To"], mail["Subject"], mail["TextBody"], mail["HtmlBody"], headers)


@pytest.fixture(params=["server", "provider", "folder"])
def way(request: Any, settings: Any, tmp_path: Path) -> Iterator[Way]:
    if request.param == "server":
        with smtp_server() as (url, mood):
            use(settings, url, tmp_path)
            yield Way(
                arrived=lambda: [_of_mail(mail) for mail in mood.taken],
                spoil=lambda: setattr(mood, "recipient", "451 greylisted"),
                mend=lambda: setattr(mood, "recipient", "250 taken"),
                refuse=lambda: setattr(mood, "recipient", f"550 no such user {TO}"),
            )
    elif request.param == "provider":
        with provider_server() as (url, provider):
            use(settings, url, tmp_path)

            def refuse() -> None:
                provider.status, provider.error_code = 422, INVALID_ADDRESS

            yield Way(
                arrived=lambda: [_of_provider(mail) for mail in provider.taken],
                spoil=lambda: setattr(provider, "status", 503),
                mend=lambda: setattr(provider, "status", 200),
                refuse=refuse,
            )
    else:
        folder = tmp_path / "mail"
        use(settings, "file:", folder)
        yield Way(
            arrived=lambda: [
                _of_mail(message_from_bytes(path.read_bytes(), policy=policy.default))
                for path in folder.glob("*.eml")
            ],
            spoil=folder.touch,
            mend=folder.unlink,
        )


def again(mailing: Mailing) -> Mailing:
    mailing.refresh_from_db()
    return mailing


def test_the_mail_arrives_whole(way: Way) -> None:
    mailing = a_mail(text="Grüße: 4829-1375\n" + SECRET_LINK, subject="Ihr Antrag für “K20”")
    run_jobs()
    (sent,) = way.arrived()
    assert (sent.to, sent.subject) == (TO, "Ihr Antrag für “K20”")
    assert "Grüße: 4829-1375" in sent.text
    assert SECRET_LINK in sent.text
    assert SECRET_LINK in sent.html
    assert "<img" not in sent.html
    assert sent.headers["Auto-Submitted"] == "auto-generated"
    assert sent.headers["Content-Language"] == "en"
    assert mailing.random_id.hex in sent.headers["Message-ID"]
    assert again(mailing).state == S


def test_what_cannot_be_sent_now_waits_and_is_sent_later_once(way: Way) -> None:
    way.spoil()
    mailing = a_mail()
    assert run_jobs() == ["mailing.send"]
    assert (again(mailing).state, mailing.attempts) == (Q, 1)
    assert mailing.last_error
    assert bytes(mailing.sealed_content)
    (job,) = waiting("mailing.send")
    assert job.scheduled_at is not None
    way.mend()
    assert run_jobs(also_later=True) == ["mailing.send"]
    assert (again(mailing).state, mailing.last_error, len(way.arrived())) == (S, "", 1)


def test_after_three_days_it_is_given_up(way: Way) -> None:
    way.spoil()
    mailing = a_mail(filing_id=7)
    run_jobs(tasks=SENDING)
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1), tick=False):
        run_jobs(tasks=SENDING)
    assert again(mailing).state == G
    assert bytes(mailing.sealed_content) == b""
    assert waiting("mailing.send") == []
    assert [job.args for job in waiting("claims.mail_failed")] == [{"mailing_id": mailing.pk}]


def test_days_without_a_worker_do_not_count(way: Way) -> None:
    way.spoil()
    mailing = a_mail()
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        run_jobs()
        assert again(mailing).state == Q
        way.mend()
        run_jobs(also_later=True)
    assert again(mailing).state == S


def test_a_refusal_is_known_at_once_and_a_person_is_told(way: Way) -> None:
    if way.refuse is None:
        pytest.skip("a folder refuses nobody")
    way.refuse()
    mailing = a_mail(filing_id=7)
    run_jobs(tasks=SENDING)
    assert (again(mailing).state, mailing.last_error) == (R, SendError.RECIPIENT_REFUSED)
    assert bytes(mailing.sealed_content) == b""
    assert [job.args for job in waiting("claims.mail_failed")] == [{"mailing_id": mailing.pk}]
    assert waiting("mailing.send") == []


def test_an_address_that_is_none_is_refused_before_anybody_is_asked(way: Way) -> None:
    for to in ("olga", "olga@", "olga@home.example\r\nBcc: all@elsewhere.example", "a b@c.example"):
        mailing = a_mail(to=to)
        run_jobs()
        assert (again(mailing).state, mailing.last_error) == (R, SendError.ADDRESS_INVALID)
    assert way.arrived() == []


def test_without_a_filing_nobody_needs_to_be_told(way: Way) -> None:
    a_mail(to="nobody")
    run_jobs()
    assert waiting() == []


SERVER_SAYS = [
    ({"greeting": "554 go away"}, Q, SendError.SERVER_AWAY),
    ({"greeting": HANG_UP}, Q, SendError.SERVER_AWAY),
    ({"sender": "550 not you"}, Q, SendError.SIGN_IN_REFUSED),
    ({"sender": HANG_UP}, Q, SendError.SERVER_AWAY),
    ({"recipient": "450 busy"}, Q, SendError.TRY_LATER),
    ({"recipient": "421 closing"}, Q, SendError.TRY_LATER),
    ({"recipient": "553 no"}, R, SendError.RECIPIENT_REFUSED),
    ({"recipient": HANG_UP}, Q, SendError.SERVER_AWAY),
    ({"end_of_mail": "452 full"}, Q, SendError.TRY_LATER),
    ({"end_of_mail": "554 spam"}, R, SendError.CONTENT_REFUSED),
    ({"end_of_mail": HANG_UP}, Q, SendError.SERVER_AWAY),
]


@pytest.mark.parametrize(("says", "state", "error"), SERVER_SAYS, ids=str)
def test_what_a_server_says_is_final_or_not(
    settings: Any, tmp_path: Path, says: dict[str, str], state: MailingState, error: SendError
) -> None:
    with smtp_server() as (url, mood):
        use(settings, url, tmp_path)
        for name, answer in says.items():
            setattr(mood, name, answer)
        mailing = a_mail()
        run_jobs()
        assert (again(mailing).state, mailing.last_error) == (state, error)
        assert mood.taken == []


def test_a_server_that_takes_it_and_hangs_up_gets_it_again_under_the_same_name(
    settings: Any, tmp_path: Path
) -> None:
    with smtp_server() as (url, mood):
        use(settings, url, tmp_path)
        mood.end_of_mail, mood.keeps_before_hanging_up = HANG_UP, True
        mailing = a_mail()
        run_jobs()
        assert again(mailing).state == Q
        mood.end_of_mail = "250 taken"
        run_jobs(also_later=True)
        run_jobs(also_later=True)
        assert again(mailing).state == S
        first, second = mood.taken
        assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_not_there_is_waited_for(settings: Any, tmp_path: Path) -> None:
    with smtp_server() as (url, _):
        pass
    use(settings, url, tmp_path)
    mailing = a_mail()
    run_jobs()
    assert (again(mailing).state, mailing.last_error) == (Q, SendError.SERVER_AWAY)


PROVIDER_SAYS = [
    ({"status": 401}, Q, SendError.SIGN_IN_REFUSED),
    ({"status": 422, "error_code": INACTIVE_ADDRESS}, R, SendError.RECIPIENT_REFUSED),
    ({"status": 422, "error_code": 1}, Q, SendError.TRY_LATER),
    ({"status": 429}, Q, SendError.TRY_LATER),
    ({"status": 500}, Q, SendError.TRY_LATER),
    ({"hangs_up": True}, Q, SendError.SERVER_AWAY),
]


@pytest.mark.parametrize(("says", "state", "error"), PROVIDER_SAYS, ids=str)
def test_what_a_provider_says_is_final_or_not(
    settings: Any, tmp_path: Path, says: dict[str, Any], state: MailingState, error: SendError
) -> None:
    with provider_server() as (url, provider):
        use(settings, url, tmp_path)
        for name, answer in says.items():
            setattr(provider, name, answer)
        mailing = a_mail()
        run_jobs()
        assert (again(mailing).state, mailing.last_error) == (state, error)


def test_a_provider_is_asked_to_follow_nobody_and_told_the_rows_random_id(
    settings: Any, tmp_path: Path
) -> None:
    with provider_server() as (url, provider):
        use(settings, url, tmp_path)
        mailing = a_mail()
        run_jobs()
        (taken,) = provider.taken
    assert (taken["TrackOpens"], taken["TrackLinks"]) == (False, "None")
    assert taken["Metadata"] == {"mailing": mailing.random_id.hex}
    assert again(mailing).provider_id == "made-up-1"


def test_without_a_readable_url_everything_waits(settings: Any) -> None:
    settings.EMAIL_BACKEND = ""
    mailing = a_mail()
    run_jobs()
    assert (again(mailing).state, mailing.last_error) == (Q, SendError.NOT_SET_UP)


def test_an_error_that_nobody_foresaw_is_tried_again_and_its_words_are_not_logged(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> int:
        raise RuntimeError(f"cannot write to {TO}")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    mailing = a_mail()
    said = CapturingLogger()
    monkeypatch.setattr(judging, "log", said)
    run_jobs()
    assert (again(mailing).state, mailing.last_error) == (Q, SendError.UNEXPECTED)
    assert [call.kwargs for call in said.calls] == [{"error": "RuntimeError"}]
    assert TO not in repr(said.calls)
