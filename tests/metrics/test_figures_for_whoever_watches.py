"""The page of figures: who gets it, what it says, and what it never says."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from recalldesk.audit.heads import MAIL, WRITE
from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, Purpose
from recalldesk.metrics import figures, rows
from recalldesk.metrics.registry import ANSWER_SECONDS
from recalldesk.metrics.text import text
from recalldesk.operating.backups import taking
from tests.cast import AFFECTED

TOKEN = "made-up-token-of-enough-letters"
WORD = re.compile(r"[a-z0-9_.<>= -]*")
BUCKET = "le"
"""A number of Prometheus's own: up to how many seconds a bucket counts."""
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"metrics_token": TOKEN})
    rows.forget()


def asked(client: Client, token: str = f"Bearer {TOKEN}", **more: str) -> Any:
    return client.get("/metrics", headers={"Authorization": token}, **more)


def said() -> dict[tuple[str, tuple[str, ...]], float]:
    """Each value, by its name and labels."""
    rows.forget()
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text().decode())
        for sample in family.samples
    }


def value(figure: figures.Figure, *labels: str) -> float:
    return said()[figure.name, labels]


@pytest.mark.parametrize("wrong", ["", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN])
def test_nothing_is_said_without_the_token(client: Client, wrong: str) -> None:
    answer = asked(client, wrong)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert b"recalldesk_" not in answer.content


def test_there_is_no_such_page_where_no_token_is_set(client: Client, settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"metrics_token": ""})
    assert asked(client, "Bearer ").status_code == 404


def test_the_token_is_answered_under_the_address_of_the_machine_and_by_nobody_kept(
    client: Client,
) -> None:
    answer = asked(client, HTTP_HOST="10.11.12.13:8000")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert asked(client, "Bearer no", HTTP_HOST="10.11.12.13:8000").status_code == 400
    wrong = client.get("/en/", headers={"Authorization": f"Bearer {TOKEN}", "Host": "10.11.12.13"})
    assert wrong.status_code == 400


def test_only_reading_is_answered(client: Client) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/metrics", headers=headers).status_code == 405
    assert client.head("/metrics", headers=headers).status_code == 200


def test_every_figure_is_one_of_the_register_and_its_labels_are_words_of_ours() -> None:
    known = {figure.name for figure in figures.ALL}
    ANSWER_SECONDS.labels("api").observe(0.1)
    for family in text_string_to_metric_families(text().decode()):
        for sample in family.samples:
            bare = re.sub(r"_(bucket|sum|count|created)$", "", sample.name)
            assert {sample.name, bare} & known, sample.name
            ours = [word for name, word in sample.labels.items() if name != BUCKET]
            assert all(map(WORD.fullmatch, ours)), sample


def test_what_waits_and_since_when_is_counted_from_rows() -> None:
    before = value(figures.MAIL_WAITING)
    mail = write_mail(
        recall=None,
        to="made.up@home.example",
        subject=AFFECTED,
        text="t",
        html="",
        language="en",
        purpose=Purpose.MESSAGE,
    )
    Mailing.objects.filter(pk=mail.pk).update(queued_at=clock.now() - timedelta(hours=3))
    assert value(figures.MAIL_WAITING) == before + 1
    assert 10_700 < value(figures.OLDEST_MAIL) < 10_900
    assert sum(v for (name, _), v in said().items() if name == figures.JOBS_WAITING.name) >= 1
    failed = {"state": MailingState.BOUNCED, "ended_at": clock.now(), "sealed_content": b""}
    Mailing.objects.filter(pk=mail.pk).update(**failed)
    assert value(figures.MAIL_FAILED, "bounced") == 1
    assert AFFECTED not in text().decode()
    assert "home.example" not in text().decode()


def test_when_the_last_backup_was_taken_is_said_as_the_log_says_it() -> None:
    assert value(figures.BACKUP_AT) == 0
    taking.note_backup(clock.now())
    assert abs(value(figures.BACKUP_AT) - clock.seconds()) < 60
    assert taking.BACKED_UP == rows.BACKED_UP


def test_heads_that_have_not_left_are_counted() -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, status) "
            "VALUES ('audit', %s, 0, 'todo')",
            [[WRITE], [MAIL]],
        )
    assert value(figures.HEADS_WAITING) == 2


def test_a_question_that_fails_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(10)")
        yield

    monkeypatch.setattr(rows, "MOST_MILLISECONDS", 50)
    monkeypatch.setattr(rows, "QUICK", (too_slow, rows._mail))
    assert value(figures.UNANSWERED) == 1
    assert (figures.MAIL_WAITING.name, ()) in said()


def test_a_database_that_is_away_is_said_and_no_figure_made_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(rows, "connection", SimpleNamespace(ensure_connection=away))
    found = said()
    assert found[figures.DATABASE_UP.name, ()] == 0
    assert (figures.MAIL_WAITING.name, ()) not in found
    assert (figures.DISK_FREE.name, ("home",)) in found


def test_slow_questions_are_not_asked_at_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    times = list[int]()

    def slow() -> Any:
        times.append(1)
        yield figures.JOBS_FAILED, (), 3.0

    monkeypatch.setattr(rows, "SLOW", (slow,))
    rows.forget()
    assert [list(rows.from_rows())[-2] for _ in range(3)] == [(figures.JOBS_FAILED, (), 3.0)] * 3
    assert len(times) == 1
