"""What is wrong is found, under its id, with what to do; a sound installation has no findings."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from pytest_django import Settings

from recalldesk.audit.heads import make_head
from recalldesk.config.home import unfinished_restore
from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, Purpose, SendError
from recalldesk.operating.backups.taking import note_backup
from recalldesk.operating.doctor import database, examining, installation
from recalldesk.operating.doctor.examining import examine
from recalldesk.operating.doctor.findings import Finding
from recalldesk.operating.stand_in.folder import write
from recalldesk.operating.stand_in.manifest import Shown, manifest_of
from recalldesk.remedies import journal
from recalldesk.remedies.adopting import adopt
from recalldesk.remedies.batches.effects import IN_JOURNAL
from recalldesk.remedies.batches.freezing import freeze_due
from recalldesk.remedies.batches.marks import mark_of
from recalldesk.remedies.batches.states import LineState
from recalldesk.remedies.models import Batch, BatchLine, Order
from recalldesk.remedies.placing import circuits, holds
from recalldesk.remedies.providers.dispatch.provider import Dispatch
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.reconciling.reconciling import reconcile
from recalldesk.remedies.states import Stopped
from tests.audit.written import a_row
from tests.cast import Command
from tests.mailing.ways import use
from tests.ports import free_port
from tests.remedies.files.listed import wanted
from tests.remedies.files.notebook import PlainNotebook
from tests.remedies.ordered import granted, ordered
from tests.remedies.pooled import pool_of
from tests.remedies.scripted import ScriptedProvider
from tests.smtp_server import smtp_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sound(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own, and a worker that lives."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    settings.HOME, settings.LOG_HEADS_FOLDER = home, None
    settings.JOURNAL_FOLDER = home / "journal"
    worker("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    return home


def worker(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def ids() -> set[str]:
    return {finding.id for finding in examine()}


def mail(state: MailingState, count: int = 1) -> None:
    for _ in range(count):
        written = write_mail(
            recall=None,
            to="made.up@home.example",
            subject="s",
            text="t",
            html="",
            language="en",
            purpose=Purpose.MESSAGE,
        )
        Mailing.objects.filter(pk=written.pk).update(
            state=state,
            queued_at=clock.now() - timedelta(hours=3),
            ended_at=None if state is MailingState.QUEUED else clock.now(),
            sealed_content=b"x" if state is MailingState.QUEUED else b"",
        )


def kill_worker() -> None:
    worker("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")


def old_job(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, scheduled_at)"
            " VALUES ('made.up', 'made_up', %s::procrastinate_job_status, now() - interval '1 h')"
            " RETURNING id",
            [status],
        )
        (job,) = cursor.fetchone()
        if status == "failed":
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at)"
                " VALUES (%s, 'failed', now() - interval '1 minute')",
                [job],
            )


def no_head() -> None:
    with time_machine.travel(clock.now() - timedelta(days=3)):
        a_row()


def old_head() -> None:
    with time_machine.travel(clock.now() - timedelta(days=3)):
        a_row()
        make_head()


def failing_provider() -> None:
    for _ in range(circuits.STOPS_AT):
        circuits.note_failure("tremendous", "timed out")


def stopped_order() -> None:
    order = ordered()
    Order.objects.filter(pk=order.pk).update(stopped=Stopped.REFUSED, stopped_at=clock.now())


def missing_at_provider() -> None:
    provider = ScriptedProvider()
    with replaced(provider):
        order = ordered()
        Order.objects.filter(pk=order.pk).update(ordered_at=clock.now() - timedelta(hours=1))
        order.remedy.refresh_from_db()
        order.remedy.state = "ordered"
        order.remedy.save()
        reconcile()


def never_compared() -> None:
    ordered()


def left_remedy() -> None:
    remedy = granted()
    assert remedy.orderable_at <= clock.now() - timedelta(days=1)


def unfrozen_file() -> None:
    with time_machine.travel(clock.now() - timedelta(days=3), tick=False):
        Dispatch().place(wanted(1), PlainNotebook())


def file_that_nobody_takes() -> None:
    unfrozen_file()
    with time_machine.travel(clock.now() - timedelta(days=2, minutes=1), tick=False):
        assert freeze_due(clock.now()) == 1


def file_that_the_journal_alone_knows() -> None:
    with time_machine.travel(clock.now() - timedelta(days=2, minutes=1), tick=False):
        remedy = granted()
        mark = mark_of(remedy.pk)
        entry = {"remedy": str(remedy.pk), "provider": "dispatch", "mark": mark}
        journal.note("file", {**entry, "kind_of_file": "pick_list", "file": "RD9-1"})
        adopt(remedy, "dispatch", Found(mark, Standing.ORDERED, IN_JOURNAL))


def parcel_of_which_nothing_is_heard() -> None:
    file_that_nobody_takes()
    left_at = clock.now() - timedelta(days=30, minutes=1)
    Batch.objects.update(handed_out_at=left_at, journaled_at=left_at)


WRONG: dict[str, Callable[[], object]] = {
    "rd.D030": kill_worker,
    "rd.D031": lambda: old_job("todo"),
    "rd.D032": lambda: old_job("failed"),
    "rd.D040": lambda: mail(MailingState.QUEUED),
    "rd.D041": lambda: mail(MailingState.BOUNCED, 5),
    "rd.D042": no_head,
    "rd.D050": lambda: holds.hold(holds.RESTORED),
    "rd.D051": failing_provider,
    "rd.D052": stopped_order,
    "rd.D053": missing_at_provider,
    "rd.D054": never_compared,
    "rd.D056": ordered,
    "rd.D055": lambda: pool_of("MADE-UP-1", low=5),
    "rd.D057": left_remedy,
    "rd.D058": unfrozen_file,
    "rd.D059": file_that_nobody_takes,
    "rd.D060": file_that_the_journal_alone_knows,
    "rd.D061": parcel_of_which_nothing_is_heard,
}


def test_a_sound_installation_has_no_findings(command: Command) -> None:
    assert examine() == []
    ran = command("doctor")
    assert (ran.code, ran.out.strip()) == (0, "Nothing is wrong.")


@pytest.mark.parametrize("finding", WRONG)
def test_what_is_wrong_is_found(finding: str) -> None:
    WRONG[finding]()
    found = {each.id: each for each in examine()}
    assert finding in found
    assert found[finding].words
    assert found[finding].hint


@pytest.mark.parametrize("state", [LineState.DONE, LineState.RETURNED, LineState.REFUSED])
def test_what_was_heard_of_is_not_waited_for(state: LineState) -> None:
    parcel_of_which_nothing_is_heard()
    BatchLine.objects.update(state=state)
    assert "rd.D061" not in ids()


def test_an_installation_of_today_is_not_told_that_heads_of_the_log_are_missing() -> None:
    a_row()
    assert "rd.D042" not in ids()


def test_an_old_head_is_found() -> None:
    old_head()
    assert "rd.D042" in ids()


def test_a_backup_that_is_missing_or_old_is_found(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = tmp_path / "backups"
    assert "rd.D020" in ids()
    note_backup(clock.now())
    assert "rd.D020" not in ids()
    with time_machine.travel(clock.now() + timedelta(hours=27)):
        assert "rd.D020" in ids()


def test_an_archive_that_the_running_server_does_not_fill_is_found(
    settings: Settings, tmp_path: Path
) -> None:
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    assert "rd.D022" in ids()


def test_a_piece_that_could_not_be_archived_is_found(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    now = clock.now()

    def said(failed: timedelta, archived: timedelta | None) -> list[Finding]:
        answer = "0001", now - failed, None if archived is None else now - archived
        monkeypatch.setattr(database, "_asked", lambda _statement: "on")
        monkeypatch.setattr(database, "_archiver", lambda: answer)
        return list(database.archive_behind())

    assert [each.id for each in said(timedelta(minutes=1), None)] == ["rd.D023"]
    assert [each.id for each in said(timedelta(minutes=1), timedelta(hours=1))] == ["rd.D023"]
    assert said(timedelta(hours=1), timedelta(minutes=1)) == []


def test_a_folder_of_notices_that_is_missing_or_old_is_found(
    settings: Settings, tmp_path: Path
) -> None:
    folder = settings.NOTICE_FOLDER = tmp_path / "www"
    assert "rd.D075" in ids()
    files = {"robots.txt": b"made up"}
    write(folder, files, manifest_of(files, site="https://recall.example", recalls=()))
    assert not {"rd.D075", "rd.D076"} & ids()
    with time_machine.travel(clock.now() + timedelta(hours=27)):
        assert "rd.D076" in ids()
    (folder / "robots.txt").write_bytes(b"changed")
    assert "rd.D075" in ids()
    gone = (Shown(recall="gone", version=1, is_closed=False),)
    write(folder, files, manifest_of(files, site="https://recall.example", recalls=gone))
    assert "rd.D076" in ids()


def test_the_settings_own_faults_keep_their_ids(settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"trusted_proxies": "nonsense"})
    assert "rd.E008" in ids()


def test_production_without_archive_or_heads_is_told(settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    assert {"rd.D020", "rd.D021", "rd.D043"} <= ids()


def test_one_disk_for_all_is_told_in_production(settings: Settings, tmp_path: Path) -> None:
    settings.IS_PRODUCTION = True
    settings.BACKUP_FOLDER = tmp_path
    assert "rd.D006" in ids()


def test_a_data_folder_that_others_may_read_is_found(sound: Path) -> None:
    sound.chmod(0o755)
    assert "rd.D004" in ids()
    sound.chmod(0o711)
    assert "rd.D004" not in ids()


def test_another_users_data_folder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "owner_if_another", lambda _path: "stranger")
    assert "rd.D003" in ids()


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    full = SimpleNamespace(free=1024)
    monkeypatch.setattr(installation.shutil, "disk_usage", lambda _path: full)
    assert "rd.D005" in ids()


def test_a_restore_that_was_broken_off_is_found(sound: Path) -> None:
    unfinished_restore(sound).touch()
    assert "rd.D002" in ids()


def test_clocks_that_differ_are_found() -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert "rd.D014" in ids()


def test_an_old_server_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"SHOW server_version_num": "140011"}
    monkeypatch.setattr(database, "_asked", lambda asked: answers.get(asked, clock.now()))
    assert [each.id for each in database.server_unfit()] == ["rd.D013"]


def test_sealing_keys_that_do_not_open_are_found(settings: Settings) -> None:
    a_row(note="sealed by the key that is there")
    make_head()
    settings.SEALING_KEYS = "other:" + "A" * 43 + "="
    assert "rd.D015" in ids()


def test_a_database_that_is_away_is_said_with_what_stands_outside_it(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Finding("rd.D010", "The database does not answer.", "Is DATABASE_URL right?")
    monkeypatch.setattr(examining, "_unreachable", lambda: away)
    sound.chmod(0o755)
    assert ids() == {"rd.D004", "rd.D010"}


def test_json_holds_ids_words_and_hints_and_the_code_says_whether_all_is_well(
    command: Command,
) -> None:
    kill_worker()
    ran = command("doctor", "--json")
    said = json.loads(ran.out)
    assert (ran.code, said["well"]) == (1, False)
    assert set(said["findings"][0]) == {"id", "words", "hint", "level"}


def test_a_mail_server_that_does_not_answer_is_found_before_a_mail_waits(
    settings: Settings, tmp_path: Path
) -> None:
    use(settings, f"smtp://127.0.0.1:{free_port()}", tmp_path)
    assert "rd.D045" not in ids()
    settings.IS_PRODUCTION = True
    (found,) = [each for each in examine() if each.id == "rd.D045"]
    assert "cannot be reached" in found.words
    with smtp_server() as (url, mood):
        use(settings, url, tmp_path)
        assert "rd.D045" not in ids()
        assert mood.taken == []


def test_it_says_why_a_mail_waits(command: Command) -> None:
    mail(MailingState.QUEUED)
    Mailing.objects.update(last_error=SendError.SERVER_AWAY)
    assert "The server cannot be reached, or hung up." in " ".join(command("doctor").err.split())


def test_what_is_only_to_be_watched_is_no_failure(command: Command) -> None:
    mail(MailingState.BOUNCED, 5)
    make_head()
    ran = command("doctor")
    assert (ran.code, "rd.D041" in ran.err) == (0, True)
