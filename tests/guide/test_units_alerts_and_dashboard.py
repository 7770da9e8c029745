"""What `deploy/` holds fits the program: units, alerts, dashboard, and what writes them out."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from recalldesk.metrics import figures
from tests.cast import Command
from tests.guide.blocks import ROOT, commands_in
from tests.guide.parsing import problem_of

DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
PROGRAM = "/usr/local/bin/recalldesk"
FIGURE = re.compile(r"\b(?:recalldesk_\w+|up)\b")
LABELS = re.compile(r"(?:by|without) \(([^)]*)\)|(\w+)(?:=|!=|=~)\"")
ADDED = {"le", "job"}
"""Labels of histograms, and of Prometheus itself."""
SEVERITIES = {"page", "ticket"}


def rules() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    loaded = json.loads((DEPLOY / "grafana" / "recalldesk.json").read_text(encoding="utf-8"))
    return list(loaded["panels"])


def is_of_the_register(expression: str) -> bool:
    """Whether it asks for figures that there are, told apart by labels that they have."""
    names = {figure.name: figure for figure in figures.ALL}
    asked = {name for name in FIGURE.findall(expression) if name != "up"}
    bare = {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked}
    known = {label for name in bare & set(names) for label in names[name].labels}
    listed = {one or each for each, one in LABELS.findall(expression)}
    labels = {label.strip() for each in listed for label in each.split(",")}
    return all(
        {name, re.sub(r"_(bucket|sum|count)$", "", name)} & set(names) for name in asked
    ) and (labels <= known | ADDED)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_there_is_as_its_own_user(path: Path) -> None:
    lines = dict(
        line.split("=", 1)
        for line in path.read_text().splitlines()
        if "=" in line and line[0] != "#"
    )
    program, *words = lines["ExecStart"].split()
    assert program == PROGRAM
    assert problem_of(words) == ""
    assert (lines["User"], lines["EnvironmentFile"]) == (
        "recalldesk",
        "/etc/recalldesk/environment",
    )
    assert lines["KillMode"] == "process"  # else it would end a database that others use


def test_each_timer_has_its_service_and_each_service_that_ends_has_a_timer() -> None:
    timers = {path.stem for path in (DEPLOY / "systemd").glob("*.timer")}
    ending = {path.stem for path in SERVICES if "Type=oneshot" in path.read_text()}
    assert timers == ending


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in (DEPLOY / "systemd").iterdir():
        text = path.read_text().replace(PROGRAM, "/bin/true")
        (tmp_path / path.name).write_text(text)
    units = [str(path) for path in tmp_path.iterdir()]
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    said = [line for line in ran.stderr.splitlines() if "recalldesk-" in line]
    assert said == []


@pytest.mark.parametrize(
    "words",
    [
        ("promtool", "check", "rules", "prometheus/alerts.yml"),
        ("caddy", "validate", "--adapter", "caddyfile", "--config", "caddy/Caddyfile"),
    ],
    ids=lambda words: words[0],
)
def test_whom_a_file_is_for_takes_it(words: tuple[str, ...]) -> None:
    if not shutil.which(words[0]):
        pytest.skip(f"there is no {words[0]}")
    ran = subprocess.run(words, cwd=DEPLOY, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_figures_that_there_are_and_says_what_to_do(rule: dict[str, Any]) -> None:
    assert is_of_the_register(rule["expr"])
    assert rule["labels"]["severity"] in SEVERITIES
    assert rule["annotations"]["summary"].endswith((".", "`."))
    told = rule["annotations"]["description"]
    for words in re.findall(r"`(recall [^`]*)`", told):
        (command,) = commands_in(words)
        assert problem_of(command) == "", words


def test_a_figure_that_there_is_not_is_seen() -> None:
    assert is_of_the_register("max by (queue) (recalldesk_jobs_waiting)")
    assert not is_of_the_register("max(recalldesk_nonsense)")
    assert not is_of_the_register("max by (recall) (recalldesk_jobs_waiting)")


def test_the_dashboard_shows_figures_that_there_are() -> None:
    shown = [target["expr"] for panel in panels() for target in panel.get("targets", ())]
    assert len(shown) > 20
    assert [expression for expression in shown if not is_of_the_register(expression)] == []
    numbers = [panel["id"] for panel in panels()]
    assert len(set(numbers)) == len(numbers)


def test_every_figure_is_shown_or_wakes_somebody() -> None:
    texts = [rule["expr"] for rule in rules()]
    texts += [target["expr"] for panel in panels() for target in panel.get("targets", ())]
    unused = {each.name for each in figures.ALL if not any(each.name in text for text in texts)}
    assert unused == {figures.BUILD.name}


def test_what_is_asked_for_is_the_page_of_figures() -> None:
    (job,) = yaml.safe_load((DEPLOY / "prometheus" / "scrape.yml").read_text(encoding="utf-8"))
    assert job["metrics_path"] == "/metrics"
    assert job["job_name"] == "recalldesk"
    assert "credentials_file" in job["authorization"]


def test_the_files_are_written_with_a_firms_own_names(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "deploy"
    names = ("--recall-host", "recall.acme.example", "--desk-host", "desk.acme.example")
    assert command("deploy", str(folder), *names).code == 0
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert len(written) == sum(path.is_file() for path in DEPLOY.rglob("*"))
    assert not [path for path in written if "tidewater" in path.read_text(encoding="utf-8")]
    proxy = (folder / "nginx" / "recalldesk.conf").read_text(encoding="utf-8")
    assert "server_name recall.acme.example desk.acme.example;" in proxy
    caddy = (folder / "caddy" / "Caddyfile").read_text(encoding="utf-8")
    assert "\nrecall.acme.example, desk.acme.example {" in caddy
    assert (folder / "recall").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--recall-host", "recall.acme.example"), "Both names are needed"),
        (("--recall-host", "acme", "--desk-host", "a b"), "Both names are needed"),
        (("--recall-host", "a.example", "--desk-host", "a.example"), "one name here"),
    ],
)
def test_half_a_name_is_refused(
    command: Command, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    ran = command("deploy", str(tmp_path / "new"), *words)
    assert (ran.code, told in ran.err) == (1, True)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_there_is_left_as_it_is(command: Command, tmp_path: Path) -> None:
    ran = command("deploy", str(tmp_path))
    assert (ran.code, "is there already" in ran.err) == (1, True)
    assert list(tmp_path.iterdir()) == []
