"""Senders that are killed in the middle: nobody is left out, no kill costs more than one repeat,
and each repeat bears the same name and is counted."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState
from recalldesk.recalls.models import Recall
from tests.outreach.waves_made import a_wave, notices_to
from tests.programs import ROOT, comes_true
from tests.smtp_server import Mood, smtp_server

pytestmark = pytest.mark.django_db(transaction=True)
MAILS, AT = 400, (60, 150, 240)
"""How many wait; how many have arrived when one of the two senders is killed."""
Program = subprocess.Popen[bytes]


def a_sender(url: str) -> Program:
    program = ROOT / "tests" / "outreach" / "sender_program.py"
    return subprocess.Popen(
        [sys.executable, str(program), connection.settings_dict["NAME"], url],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_nobody_is_left_out_and_each_repeat_is_counted(settings: Any, tmp_path: Path) -> None:
    wave = a_wave(Recall.objects.create(slug="kettle-k20"))
    notices_to(wave, [f"owner{n}@home{n % 7}.example" for n in range(MAILS)])
    with smtp_server() as (url, server):
        senders = [a_sender(url), a_sender(url)]
        try:
            for count in AT:
                assert comes_true(lambda many=count: len(server.taken) >= many)
                killed = senders.pop(0)
                killed.send_signal(signal.SIGKILL)
                killed.wait()
                senders.append(a_sender(url))
            assert comes_true(lambda: not _is_any_left())
        finally:
            for each in senders:
                each.kill()
                each.wait()
    _judge(server)


def _is_any_left() -> bool:
    return DirectNotice.objects.exclude(state=NoticeState.SENT).exists()


def _judge(server: Mood) -> None:
    repeats = {
        f"<{random_id.hex}@kettles.example>": count
        for random_id, count in DirectNotice.objects.values_list("random_id", "repeats")
    }
    arrived = Counter(str(mail["Message-ID"]) for mail in server.taken)
    to = Counter(str(mail["To"]) for mail in server.taken)
    assert set(arrived) == set(repeats)
    assert len(to) == MAILS
    assert sum(arrived.values()) - MAILS <= len(AT)
    assert sum(repeats.values()) <= len(AT)
    assert all(count - 1 <= repeats[name] for name, count in arrived.items())
