"""What several processes count comes together, and what the dead said of their present goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.metrics.processes import part_of, share

COUNTS = """
import sys
from pathlib import Path
from recalldesk.metrics import processes
processes.share(Path(sys.argv[1]))
from recalldesk.metrics.registry import INDEX_AT, of_this_machine

def answers(environ, start_response):
    if environ["PATH_INFO"] == "/en/breaks":
        raise ValueError
    start_response(environ["said"], [])
    return []

application = processes.counted(answers)
for path, said in (("/en/", "200 OK"), ("/desk/", "302 Found"), ("/en/breaks", "")):
    try:
        application({"PATH_INFO": path, "said": said}, lambda *_: None)
    except ValueError:
        pass
INDEX_AT.set(float(sys.argv[2]))
from prometheus_client import generate_latest
print(generate_latest(of_this_machine()).decode())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "metrics"


def counted_by_another(folder: Path, index_at: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", COUNTS, str(folder), index_at],
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


def test_counts_of_processes_add_up_and_the_present_is_that_of_the_living(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    alive = folder / f"counter_{os.getpid()}.db"
    said = counted_by_another(folder, "100")
    assert 'recalldesk_answers_total{part="owners",status="2xx"} 1.0' in said
    assert 'recalldesk_answers_total{part="desk",status="3xx"} 1.0' in said
    assert 'recalldesk_answers_total{part="owners",status="5xx"} 1.0' in said
    assert "recalldesk_index_confirmed_timestamp_seconds 100.0" in said
    (former,) = folder.glob("counter_*.db")
    former.rename(alive)  # of this process, which lives
    said = counted_by_another(folder, "300")
    assert 'recalldesk_answers_total{part="desk",status="3xx"} 2.0' in said
    assert "recalldesk_index_confirmed_timestamp_seconds 300.0" in said


def test_what_ended_processes_left_goes_when_a_server_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    folder.mkdir()
    for name in ("counter_4194305.db", f"counter_{os.getpid()}.db", "notes.txt"):
        (folder / name).touch()
    share(folder)
    kept = {path.name for path in folder.iterdir()}
    assert kept == {f"counter_{os.getpid()}.db", "notes.txt"}
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(folder)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/en/", "owners"),
        ("/", "owners"),
        ("/desk/claims/", "desk"),
        ("/api/v1/checks", "api"),
        ("/metrics", "watching"),
        ("", "owners"),
    ],
)
def test_an_address_belongs_to_a_part_of_the_site(path: str, part: str) -> None:
    assert part_of(path) == part
