"""Where a variable can be wrong in several ways, its fault says in which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_a_bad_configuration_stops_the_start import GOOD, REPOSITORY, whole_faults

MAIL = [
    ("RECALLDESK_EMAIL_URL", "smtp+tls://", "it names no host"),
    ("RECALLDESK_EMAIL_URL", "mail.example:587", "it begins with none of smtp:"),
    ("RECALLDESK_EMAIL_URL", "smtp://mail.example:many", "its host or port is none"),
    ("RECALLDESK_EMAIL_URL", "anymail+nobody://?key=made-up", "knows no provider of this name"),
    ("RECALLDESK_EMAIL_URL", "anymail+postmark://", "postmark, which needs `server_token=…`"),
    ("RECALLDESK_EMAIL_URL", "", "RECALLDESK_EMAIL_URL is missing."),
    ("RECALLDESK_MAIL_FROM", "", "RECALLDESK_MAIL_FROM is missing."),
    ("RECALLDESK_MAIL_FROM", "nonsense", "RECALLDESK_MAIL_FROM is no mail address."),
    ("RECALLDESK_MAIL_FROM", "desk@", "RECALLDESK_MAIL_FROM is no mail address."),
]


def tried(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RECALLDESK_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "recalldesk", *words],
        env=kept | {"PYTHONPATH": str(REPOSITORY)} | environment,
        capture_output=True,
        cwd=folder,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("variable", "value", "why"), MAIL)
def test_mail_is_told_what_is_wrong_with_it(
    tmp_path: Path, variable: str, value: str, why: str
) -> None:
    said = [fault.message + fault.hint for fault in whole_faults(tmp_path, **{variable: value})]
    assert any(why in each for each in said), said
    assert not any("made-up" in each for each in said)


@pytest.mark.parametrize(("variable", "value", "why"), MAIL[3:4])
def test_a_program_ends_and_says_so(tmp_path: Path, variable: str, value: str, why: str) -> None:
    ran = tried(tmp_path, "work", **(GOOD | {"RECALLDESK_HOME": str(tmp_path), variable: value}))
    assert ran.returncode == 1
    assert why in " ".join(ran.stderr.split())
    assert "made-up" not in ran.stderr


def test_keys_are_not_rotated_before_the_settings_are_there(tmp_path: Path) -> None:
    ran = tried(tmp_path, "keys", "rotate")
    assert ran.returncode == 1
    assert "RECALLDESK_SEALING_KEYS or RECALLDESK_LOOKUP_KEY is missing" in ran.stderr
    assert "does not exist" not in ran.stderr
    assert not list(tmp_path.rglob("PG_VERSION"))
