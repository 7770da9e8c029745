"""Nothing real can be touched or told: settings stay outside, and sockets lead nowhere else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.drill.errors import DrillRefused, NotASandbox
from recalldesk.drill.programs import refuse_taken_port
from recalldesk.drill.sandbox import KEPT, Sandbox, sandbox_below, sweep
from recalldesk.drill.within import INTO_A_FOLDER, MARK, refuse_unless_within

REAL = {
    "DATABASE_URL": "postgres://recalldesk:made-up@db.example.com/recalldesk",
    "RECALLDESK_PROFILE": "production",
    "RECALLDESK_HOME": "/srv/recalldesk",
    "RECALLDESK_SEALING_KEYS": "a:AAAA",
    "RECALLDESK_SECRET_KEY": "made-up",
    "RECALLDESK_EMAIL_URL": "smtp+tls://desk:made-up@mail.example.com:587",
    "RECALLDESK_SMS": "twilio://AC0:made-up@api.twilio.com?from=+12025550100",
    "RECALLDESK_TREMENDOUS_KEY": "PROD_made_up",
    "RECALLDESK_TREMENDOUS_ADDRESS": "https://api.tremendous.com/api/v2",
    "RECALLDESK_EASYPOST_KEY": "EZ-made-up",
    "RECALLDESK_S3_BUCKET": "photos-of-owners",
    "RECALLDESK_OIDC_ISSUER": "https://login.example.com",
    "RECALLDESK_LOG_HEADS_TO": "auditor@example.com",
    "RECALLDESK_BACKUP_FOLDER": "/mnt/backups",
    "AWS_SECRET_ACCESS_KEY": "made-up",
    "HTTPS_PROXY": "http://proxy.example.com:3128",
    "PGHOST": "db.example.com",
    "PATH": "/usr/bin",
}
TRIES = """
import json, socket, sys
from recalldesk.drill.closed import close_to_elsewhere
close_to_elsewhere()
found = {}
def tried(name, what):
    try:
        what()
    except OSError as error:
        found[name] = "closed" if "a drill" in str(error) else "tried"
    else:
        found[name] = "done"
listening = socket.create_server(("127.0.0.1", 0))
tried("address", lambda: socket.create_connection(("192.0.2.1", 443), timeout=0.5))
tried("name", lambda: socket.create_connection(("api.tremendous.com", 443), timeout=0.5))
tried("look-up", lambda: socket.gethostbyname("mail.example.com"))
tried("datagram", lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.1", 53)))
datagrams = socket.socket(type=socket.SOCK_DGRAM)
tried("message", lambda: datagrams.sendmsg([b"?"], [], 0, ("192.0.2.1", 53)))
tried("look-up of an address", lambda: socket.gethostbyaddr("192.0.2.1"))
tried("name of an address", lambda: socket.getnameinfo(("192.0.2.1", 53), 0))
tried("served to all", lambda: socket.socket().bind(("0.0.0.0", 0)))
tried("this machine", lambda: socket.create_connection(listening.getsockname(), timeout=5).close())
print(json.dumps(found))
"""


def test_no_setting_of_the_installation_reaches_a_program_of_the_drill(tmp_path: Path) -> None:
    given = Sandbox(tmp_path).environment(REAL)

    assert given["PATH"] == "/usr/bin"
    assert given["RECALLDESK_PROFILE"] == "demo"
    assert given["RECALLDESK_HOME"] == str(tmp_path / "home")
    values = json.dumps(given)
    for value in (value for name, value in REAL.items() if name != "PATH"):
        assert value not in values or value == "production", value
    assert not {"DATABASE_URL", "PGHOST", "HTTPS_PROXY", "AWS_SECRET_ACCESS_KEY"} & set(given)
    assert given["RECALLDESK_EMAIL_URL"] == "file:"
    assert given["RECALLDESK_SMS"] == "local"


def test_sockets_lead_to_this_machine_and_nowhere_else() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRIES], capture_output=True, text=True, timeout=60, check=True
    )

    found = json.loads(done.stdout)
    assert found.pop("this machine") == "done"
    assert set(found.values()) == {"closed"}, found


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"profile": "production"}, "profile"),
        ({"is_embedded": False}, "DATABASE_URL"),
        ({"mail": "django.core.mail.backends.smtp.EmailBackend"}, "RECALLDESK_EMAIL_URL"),
        ({"texts": "twilio://made-up"}, "RECALLDESK_SMS"),
        ({"bucket": "photos-of-owners"}, "RECALLDESK_S3_BUCKET"),
        ({"services": ("https://api.easypost.com",)}, "providers"),
        ({"home": Path("/srv/recalldesk")}, "data folder"),
    ],
)
def test_settings_that_lead_elsewhere_are_refused(
    tmp_path: Path, changed: dict[str, object], named: str
) -> None:
    (tmp_path / MARK).touch()
    sound: dict[str, object] = {
        "home": tmp_path / "home",
        "profile": "demo",
        "is_embedded": True,
        "mail": INTO_A_FOLDER,
        "texts": "local",
        "bucket": "",
        "services": ("http://127.0.0.1:9",),
    }
    refuse_unless_within(**sound)  # type: ignore[arg-type]  # each of its own kind

    with pytest.raises(NotASandbox, match=named):
        refuse_unless_within(**(sound | changed))  # type: ignore[arg-type]  # as above


def test_it_is_gone_afterwards_and_what_a_killed_one_left_too(tmp_path: Path) -> None:
    killed = tmp_path / "drill-killed"
    killed.mkdir()
    (killed / MARK).touch()
    others = tmp_path / "drill-notes"
    others.mkdir()

    with sandbox_below(tmp_path, keep=False) as sandbox:
        assert not killed.exists()
        assert sandbox.mark.is_file()
        assert sandbox.own.stat().st_mode & 0o077 == 0
        assert sweep(tmp_path) == 0, "one that is held stays"

    assert sorted(tmp_path.iterdir()) == [others]


def test_one_that_is_kept_stays(tmp_path: Path) -> None:
    with sandbox_below(tmp_path, keep=True) as sandbox:
        pass

    assert (sandbox.folder / KEPT).exists()
    assert sweep(tmp_path) == 0


def test_too_little_room_is_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recalldesk.drill.sandbox.LEAST_FREE", 2**62)

    with pytest.raises(DrillRefused) as refused, sandbox_below(tmp_path, keep=False):
        pass

    assert "free" in refused.value.message
    assert "--in" in refused.value.hint


def test_a_port_that_is_taken_is_said_before() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(DrillRefused, match=f"Port {port} is taken"):
            refuse_taken_port(port)
