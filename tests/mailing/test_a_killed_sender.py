"""A worker killed between the server's yes and our commit sends once more, as the same mail."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState
from tests.mailing.post import a_mail
from tests.mailing.ways import use
from tests.programs import ROOT, comes_true
from tests.smtp_server import Mood, smtp_server
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = """
import os, sys, time
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from pathlib import Path
from recalldesk.mailing import letters, sending

really = letters.send_letter
def taken_and_then_stuck(**what):
    name = really(**what)
    Path(sys.argv[3]).touch()
    time.sleep(60)
    return name

sending.send_letter = taken_and_then_stuck
sending.send_mailing(mailing_id=int(sys.argv[2]))
"""


@pytest.fixture
def server() -> Iterator[tuple[str, Mood]]:
    with smtp_server() as made:
        yield made


def test_it_is_sent_once_more_under_the_same_name(
    server: tuple[str, Mood], tmp_path: Path, settings: Any
) -> None:
    url, mood = server
    use(settings, url, tmp_path)
    mailing = a_mail()
    stuck = tmp_path / "stuck"
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            PROGRAM,
            connection.settings_dict["NAME"],
            str(mailing.pk),
            str(stuck),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "RECALLDESK_EMAIL_URL": url},
    )
    assert comes_true(stuck.exists)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert Mailing.objects.get().state == MailingState.QUEUED
    run_jobs()
    run_jobs()
    assert Mailing.objects.get().state == MailingState.SENT
    first, second = mood.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert mailing.random_id.hex in str(first["Message-ID"])
