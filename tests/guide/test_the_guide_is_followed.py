"""The guide, block by block: from an empty folder and a wheel to a server that answers; with `make
check-all` also the last backup, one that comes back beside the running server, and an upgrade.

The wheel is built as for a release and installed into an environment of its own; units start what
they name. In place of Debian there is a folder, and nothing leaves the machine.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.config.checks import EMPTIED
from tests.guide.blocks import ROOT
from tests.guide.following import PASSWORD, Machine
from tests.packaging.wheels import built, installed

EVERYTHING = bool(os.environ.get("RECALLDESK_ALL_PAGES"))
"""Each command takes a second to start: the later pages are carried out with `make check-all`, and
parsed each time."""
CARLS = "a made-up password of Carl"
AT_ONCE = """
import json, os, re, sys
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
django.setup()
from recalldesk.cli.commands import app_for
for password, words in json.loads(sys.argv[1]):
    os.environ["RECALLDESK_STAFF_PASSWORD"] = password
    app_for(words[0])(words, standalone_mode=False)
    if words[:2] == ["recall", "new"]:  # a person puts facts in the place of what is made up
        path = Path(f"{words[2]}.toml")
        path.write_text(re.sub("^made_up = .*$", "made_up = []", path.read_text(), flags=re.M))
"""
"""Several commands in one program: each would take a second to start."""


def lasting_place() -> Path:
    """Where a data folder may be in production: one below /tmp is refused, and rightly."""
    (ROOT / "var").mkdir(exist_ok=True)
    for each in (ROOT / "var", Path("/var/cache"), Path.home()):
        is_emptied = any(each.is_relative_to(folder) for folder in EMPTIED)
        if not is_emptied and os.access(each, os.W_OK):
            return each
    pytest.skip("no lasting folder may be written")


@pytest.fixture
def machine() -> Iterator[Machine]:
    root = Path(tempfile.mkdtemp(prefix="recalldesk-guide-", dir=lasting_place()))
    root.chmod(0o755)
    for each in ("root/dist", "usr/local/bin"):
        (root / each).mkdir(parents=True)
    found = Machine(root, installed(built(root / "root/dist"), root / "opt/recalldesk"))
    yield found
    found.clear()


def publishes_a_recall(machine: Machine) -> None:
    """A whole recall, made up, as a firm would bring it: in the folder that the guide names."""
    files = machine.root / "srv/recalldesk/files"
    (files / "k20.csv").write_text("".join(f"TW2404{n:04d}\n" for n in range(1, 1001)))
    ana, carl = (PASSWORD, "ana@tidewater.example"), (CARLS, "carl@tidewater.example")

    def said(person: tuple[str, str], *words: str) -> tuple[str, list[str]]:
        return person[0], [*words, "--as", person[1]]

    add = ("staff", "add", carl[1], "--name", "Carl Moss", "--role", "recall_manager")
    steps = [
        said(ana, *add, "--new-password-from", "CARLS"),
        ("", ["recall", "new", "kettle-k20"]),
        said(carl, "recall", "apply", "kettle-k20.toml"),
        said(carl, "serials", "import", "kettle-k20", "k20.csv"),
        said(ana, "recall", "approve", "kettle-k20"),
        said(carl, "recall", "publish", "kettle-k20"),
    ]
    at_once(machine, steps, files)


def at_once(machine: Machine, steps: list[tuple[str, list[str]]], folder: Path) -> None:
    python = machine.programs / "python"
    load = f'set -a; . "{machine.settings}"; set +a; cd "{folder}"; exec "$0" -c "$1" "$2"'
    ran = subprocess.run(
        ["sh", "-c", load, str(python), AT_ONCE, json.dumps(steps)],
        env=machine.environment | {"CARLS": CARLS},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def asked(machine: Machine, path: str, *more: str) -> str:
    """What the server answers, as the proxy asks it; just after a publication it may say 503 until
    it has the new index."""
    host = "-H 'Host: recall.tidewater.example' -H 'X-Forwarded-Proto: https'"
    options = " ".join(f"'{each}'" for each in more)
    return machine.shell(
        f"curl -fsS --retry 20 --retry-delay 1 {host} {options} http://127.0.0.1:8000{path}"
    )


def answers_owners(machine: Machine) -> None:
    assert "Kettle" in asked(machine, "/en/recalls/kettle-k20/")
    question = json.dumps({"serial": "TW24040017"})
    answer = asked(
        machine, "/api/v1/checks", "-H", "Content-Type: application/json", "-d", question
    )
    assert json.loads(answer)["verdict"] == "affected"
    paper = machine.root / "poster.pdf"
    asked(machine, "/en/recalls/kettle-k20/poster-a4.pdf", "-o", str(paper))
    assert paper.read_bytes().startswith(b"%PDF-")
    (token,) = [
        line.split("'")[1]
        for line in machine.settings.read_text().splitlines()
        if line.startswith("RECALLDESK_METRICS_TOKEN=")
    ]
    figures = machine.shell(
        f"curl -fsS -H 'Authorization: Bearer {token}' http://127.0.0.1:8000/metrics"
    )
    assert 'recalldesk_answers_total{part="owners",status="2xx"}' in figures
    assert "recalldesk_index_confirmed_timestamp_seconds 1" in figures


def test_from_an_empty_folder_to_a_second_installation(machine: Machine) -> None:
    machine.follows("one-server.md", until="recall database prepare")
    machine.follows("monitoring.md", until="systemctl restart recalldesk-web")
    machine.lay_tables()
    machine.follows("one-server.md", after="nano", until="curl")
    with machine.serving():
        machine.follows("one-server.md", after="systemctl enable --now recalldesk-web")
        publishes_a_recall(machine)
        answers_owners(machine)
        if EVERYTHING:
            machine.follows("monitoring.md", after="promtool")
            machine.follows("security.md")
            machine.follows("uninstalling.md", until="systemctl disable")
            machine.follows("backup-drill.md")
    if EVERYTHING:
        machine.follows("upgrading.md")
