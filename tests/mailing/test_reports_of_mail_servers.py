"""A mail server's report is read: which mail it is of, and what became of it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.mailing.deliveries import News, take_report
from recalldesk.mailing.errors import NotAReport, NotOurMail
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.reports import Report, report_in
from recalldesk.mailing.states import MailingState, SendError
from tests.mailing.post import a_mail
from tests.mailing.reported import HEADERS, NAME, NONE_OF_IT, WHOLE, a_report
from tests.worked import waiting


@pytest.mark.parametrize("original", [WHOLE, HEADERS])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("before", [b"", b"From MAILER-DAEMON Thu Nov 26 00:00:00 2026\n"])
@pytest.mark.parametrize("status_type", ["delivery-status", "global-delivery-status"])
def test_which_mail_it_is_of_stands_in_what_came_back(
    original: str, ends: bytes, before: bytes, status_type: str
) -> None:
    content = before + a_report(original=original, status_type=status_type)
    assert report_in(content.replace(b"\n", ends)) == Report(
        (NAME,), News.CAME_BACK, reaches_nobody=True
    )


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_where_nothing_came_back_the_report_itself_may_name_it(header: str) -> None:
    content = a_report(original=NONE_OF_IT, more=f"{header}: <other@mx.example> {NAME}\n")
    assert NAME in report_in(content).message_ids


@pytest.mark.parametrize(
    ("action", "news"),
    [
        ("failed", News.CAME_BACK),
        ("Failed ", News.CAME_BACK),
        ("delivered", News.DELIVERED),
        ("delayed", None),
        ("relayed", None),
        ("expanded", None),
        ("made-up", None),
    ],
)
def test_what_became_of_it(action: str, news: News | None) -> None:
    assert report_in(a_report(action=action)).news is news


@pytest.mark.parametrize(
    ("status", "reaches_nobody"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.2.1", True),
        ("5.2.2", False),
        ("5.7.1", False),
        ("4.1.1", False),
        ("5.1.12", False),
        ("15.1.1", False),
    ],
)
def test_whether_nobody_has_the_address(status: str, reaches_nobody: bool) -> None:
    content = a_report().replace(b"Status: 5.1.1", f"Status: {status}".encode())
    assert report_in(content).reaches_nobody is reaches_nobody


def test_of_several_recipients_a_failure_counts() -> None:
    more = b"\n\nFinal-Recipient: rfc822; made@up.example\nAction: delivered\n\n--made.up"
    content = a_report().replace(
        b"\n\n--made.up\nContent-Type: message", more + b"\nContent-Type: message"
    )
    assert content != a_report()
    assert report_in(content).news is News.CAME_BACK


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff",
        b"Subject: Out of office\n\nMade up: I am away.\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n\n--x--\n",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts\n",
        a_report().replace(b"multipart/report", b"multipart/mixed"),
        a_report(status_type="disposition-notification", report_type="disposition-notification"),
        a_report().replace(b"Action: failed\n", b""),
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3_000,
    ],
)
def test_what_is_none_is_said_so(content: bytes) -> None:
    with pytest.raises(NotAReport):
        report_in(content)


@given(
    st.binary(max_size=60),
    st.integers(0, 1_500),
    st.integers(0, 60),
    st.sampled_from([WHOLE, HEADERS]),
)
def test_a_damaged_report_is_one_or_is_none(
    noise: bytes, place: int, dropped: int, original: str
) -> None:
    content = a_report(original=original)
    damaged = content[:place] + noise + content[place + dropped :]
    with contextlib.suppress(NotAReport):
        assert isinstance(report_in(damaged), Report)


@pytest.mark.usefixtures("db", "index_folder")
def test_a_mail_that_came_back_is_known_once_and_a_person_is_told() -> None:
    mailing = a_mail(filing_id=7)
    report = report_in(a_report(f"<{mailing.random_id.hex}@recall.example>"))
    told = [take_report(message_ids=report.message_ids, news=report.news) for _ in range(2)]
    assert told == [True, False]
    mailing.refresh_from_db()
    assert (mailing.state, mailing.last_error) == (MailingState.BOUNCED, SendError.BOUNCED)
    assert [job.args for job in waiting("claims.mail_failed")] == [{"mailing_id": mailing.pk}]
    moves = StateChange.objects.filter(subject=Subject.MAILING, to_state="bounced")
    assert moves.count() == 1


@pytest.mark.usefixtures("db", "index_folder")
def test_a_mail_that_is_late_has_not_come_back() -> None:
    mailing = a_mail()
    name = f"<{mailing.random_id.hex}@recall.example>"
    assert not take_report(message_ids=[name], news=None)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize("names", [(), (NAME,), ("<made up>", "<\0@x>", "<" + "x" * 600 + ">")])
def test_a_report_of_somebody_elses_mail_changes_nothing(names: tuple[str, ...]) -> None:
    with pytest.raises(NotOurMail):
        take_report(message_ids=names, news=News.CAME_BACK)
    assert not Mailing.objects.exists()
