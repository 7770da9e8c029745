"""A mail is written with what causes it, sent by a job, and what it said is erased."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from structlog.testing import CapturingLogger

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.mailing import sending
from recalldesk.mailing.content import recipient_of
from recalldesk.mailing.errors import NotSentYet
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.sending import send_mailing, take_up_waiting
from recalldesk.mailing.states import MailingState
from recalldesk.recalls.models import RecallVersion
from tests.mailing.post import SECRET_LINK, TO, a_mail
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db
Outbox = list[EmailMessage]


def test_it_leaves_once_its_job_has_run(mailoutbox: Outbox) -> None:
    mailing = a_mail()
    assert mailoutbox == []
    assert run_jobs() == ["mailing.send"]
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == ([TO], "Your claim 4829")
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENT
    assert mailing.sent_at is not None
    assert mailing.attempts == 1


def test_the_log_says_why_a_mail_waits_and_not_to_whom_it_goes(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = ""
    log = CapturingLogger()
    monkeypatch.setattr(sending, "log", log)
    with pytest.raises(NotSentYet):
        send_mailing(mailing_id=a_mail().pk)
    (line,) = log.calls
    assert line.args == ("mail_waits",)
    assert line.kwargs["why"] == "The mail server's address cannot be read"
    assert TO not in repr(line)


def test_no_row_and_no_job_is_left_where_the_caller_fails() -> None:
    def failing() -> None:
        with transaction.atomic():
            a_mail()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert not Mailing.objects.exists()
    assert waiting() == []


def test_the_database_reads_neither_the_address_nor_the_link(mailoutbox: Outbox) -> None:
    mailing = a_mail()
    (row,) = Mailing.objects.filter(pk=mailing.pk).values_list()
    (job,) = ProcrastinateJob.objects.all()
    stored = repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) + repr(job.args)
    assert TO not in stored
    assert SECRET_LINK not in stored
    assert job.args == {"mailing_id": mailing.pk}


def test_what_it_said_is_erased_once_it_has_left_and_to_whom_is_known(mailoutbox: Outbox) -> None:
    mailing = a_mail()
    run_jobs()
    mailing.refresh_from_db()
    assert bytes(mailing.sealed_content) == b""
    assert recipient_of(mailing) == TO


def test_the_database_refuses_to_keep_what_was_sent() -> None:
    mailing = a_mail()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.SENT)


def test_the_job_may_run_twice(mailoutbox: Outbox) -> None:
    mailing = a_mail()
    send_mailing(mailing_id=mailing.pk)
    send_mailing(mailing_id=mailing.pk)
    run_jobs()
    assert len(mailoutbox) == 1


def test_each_move_is_in_the_log(mailoutbox: Outbox) -> None:
    mailing = a_mail()
    run_jobs()
    moves = StateChange.objects.filter(subject=Subject.MAILING, subject_id=mailing.pk)
    assert list(moves.order_by("pk").values_list("from_state", "to_state")) == [
        ("", "queued"),
        ("queued", "sent"),
    ]


def test_it_says_that_a_machine_wrote_it_and_follows_nobody(mailoutbox: Outbox) -> None:
    a_mail()
    run_jobs()
    sent: Any = mailoutbox[0]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (sent.track_opens, sent.track_clicks) == (False, False)


def test_the_brand_of_the_recall_writes_it(
    published_recall: RecallVersion, mailoutbox: Outbox
) -> None:
    a_mail(published_recall.recall)
    run_jobs()
    sent = mailoutbox[0]
    assert sent.from_email == "Tidewater <recall@example.com>"
    assert sent.reply_to == ["recall-help@example.com"]


def test_without_a_recall_the_desk_writes_it(mailoutbox: Outbox, settings: Any) -> None:
    settings.MAIL_FROM = "desk@firm.example"
    a_mail()
    run_jobs()
    assert mailoutbox[0].from_email == "desk@firm.example"


def test_a_subject_of_several_lines_becomes_one(mailoutbox: Outbox) -> None:
    a_mail(subject="Your claim\r\nBcc: everybody@elsewhere.example")
    run_jobs()
    assert mailoutbox[0].subject == "Your claim Bcc: everybody@elsewhere.example"
    assert mailoutbox[0].bcc == []


def test_a_mail_that_lost_its_job_is_sent_all_the_same(mailoutbox: Outbox) -> None:
    a_mail()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    a_mail()
    assert take_up_waiting() == 0
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        assert take_up_waiting() == 1
        assert take_up_waiting() == 0
    run_jobs()
    assert len(mailoutbox) == 2
