"""A whole drill, held as a program: what comes of it, and what is left of one that is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.now_and_then import now_and_then
from tests.prepared import prepared
from tests.programs import ROOT, comes_true, data_folder, start

FILE = str(ROOT / "examples" / "anker-a1263" / "recall.toml")
TINY = ("--owners", "10", "--photos-of", "3", "--errors", "0.4", "--fraud", "0.1")
WITHIN = 900.0
SERVES = "recalldesk.drill.beside serve"
OF_ANOTHER = {
    "DATABASE_URL": "postgres://made-up:made-up@192.0.2.1/recalldesk",
    "RECALLDESK_EMAIL_URL": "smtp+tls://desk:made-up@mail.example.com:587",
    "RECALLDESK_TREMENDOUS_KEY": "PROD_made_up",
    "RECALLDESK_EASYPOST_KEY": "EZ-made-up",
    "RECALLDESK_S3_BUCKET": "photos-of-owners",
}
REFUND = """
[[remedies]]
key = "refund"
kind = "refund"
countries = ["US"]
title = { en = "Your money back", es = "Su dinero de vuelta" }
explanation = { en = "USD 30.", es = "30 USD." }
value = { amount = 30, currency = "USD" }
days = 10

[promises]"""
WHOLE_LIFE = {
    'attestation = "promised"': 'attestation = "proven"\nproof_by = "person"',
    'moment = "after_remedy"': 'moment = "before_remedy"',
    "\n[promises]": REFUND,
}
"""The example as a recall that refunds too, and whose remedies wait until units are got rid of."""
HOLDS = """
import json, subprocess, sys
from pathlib import Path
import django
django.setup()
from recalldesk.drill.copied import copy_of_file
from recalldesk.drill.holding import hold_drill
from recalldesk.drill.sandbox import sandbox_below
from recalldesk.drill.wanted import Wanted
wanted = Wanted(owners=8, photographed=0, errors=0.63, fraud=0.25, faults=0.1, reviewers=1)
with sandbox_below(Path(sys.argv[1]), keep=False) as sandbox:
    if sys.argv[3]:  # the tables, which take longest to make; only cp keeps the owners
        sandbox.home.mkdir(mode=0o711)
        subprocess.run(["cp", "-a", f"{sys.argv[3]}/.", str(sandbox.home)], check=True)
    copied = copy_of_file(Path(sys.argv[2]), sandbox.own, seed=4)
    outcome = hold_drill(sandbox, copied, wanted, port=0, told=lambda _: None)
print(json.dumps(outcome.stored()))
"""


def programs_below(folder: Path) -> list[str]:
    """The commands of all processes in which the folder stands, or whose data lies there."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                around = (process / "environ").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if f"{folder}/drill-" in command or f"RECALLDESK_HOME={folder}/drill-" in around:
                found.append(command)
    return found


def whole_life(folder: Path) -> str:
    """The recall file, with all that can happen to a claim in it."""
    text = Path(FILE).read_text(encoding="utf-8")
    for published, ours in WHOLE_LIFE.items():
        assert published in text
        text = text.replace(published, ours, 1)
    path = folder / "recall.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_tiny_drill_pays_everybody_once_though_all_settings_lead_elsewhere(
    tmp_path: Path,
) -> None:
    """It is held with real-looking settings around it: with one of them it could not go on."""
    with data_folder() as home:
        place = home.parent / "drills"
        environment = {
            **os.environ,
            **OF_ANOTHER,
            "RECALLDESK_HOME": str(home),
            "RECALLDESK_PROFILE": "test",
            "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", HOLDS, str(place), whole_life(tmp_path), str(prepared() or "")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=WITHIN,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert list(place.iterdir()) == []
        assert programs_below(place) == []

    outcome = json.loads(done.stdout)
    promises = outcome["promises"]
    assert promises["honest"] == promises["paid_once"] == outcome["delivered"] == 7
    assert promises["paid_twice"] == promises["lost"] == promises["unpaid"] == 0
    assert promises["told_not_in_recall"] == promises["told_affected"] == 0
    assert promises["dishonest"] == promises["shown_to_a_person"] == 2
    assert promises["dishonest_paid"] == promises["log_faults"] == 0
    assert outcome["by_rule"] > 0
    assert outcome["corrected_in_report"] == outcome["delivered"]
    assert outcome["wave"]["letters"] == outcome["wave"]["notices"] > 0
    assert outcome["incidents_told"] == outcome["incidents_kept"] == 1
    assert set(outcome["by_remedy"]) == {"gift-card", "power-bank", "refund"}
    assert outcome["desk"]["asked for another photo"] == 1
    assert outcome["desk"]["sent another photo"] == 3, "two of them for the rule"
    told = outcome["got_rid"]
    assert told["got rid of, with a photo"] == outcome["desk"]["photos of disposal accepted"] > 0
    assert told["got rid of"] > 0
    assert told["no place takes it"] > 0
    assert outcome["capacity"]["checks_a_second"] > 1
    assert outcome["days"][-1] >= 7, "the recall's own wait of a week counts"


@now_and_then
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_drill_leaves_nothing_that_serves(ending: signal.Signals) -> None:
    with data_folder() as home:
        place = home.parent / "drills"
        drill = start(home, "drill", FILE, *TINY, "--in", str(place))
        serves = comes_true(lambda: any(SERVES in each for each in programs_below(place)), 600)
        assert serves, programs_below(place)
        time.sleep(5)

        os.kill(drill.pid, ending)
        drill.communicate(timeout=120)

        assert comes_true(lambda: not programs_below(place), 90), programs_below(place)
