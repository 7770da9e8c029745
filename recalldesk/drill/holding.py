"""Has a drill held: the recall is copied into a sandbox, a program of its own plays there.

Guarantees: what holds it is given none of the settings of this installation; it is watched, and
ends with this program; a step that fails ends the drill in words.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict

from recalldesk.drill.copied import Copied
from recalldesk.drill.errors import DrillFailed
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.sandbox import Sandbox
from recalldesk.drill.told import Told, heard
from recalldesk.drill.wanted import Wanted

SECONDS_TO_END = 40


def hold_drill(
    sandbox: Sandbox, copied: Copied, wanted: Wanted, *, port: int, told: Callable[[Told], None]
) -> Outcome:
    """Plays it to its end. Raises DrillFailed."""
    order = {
        "text": copied.text,
        "lists": [asdict(each) for each in copied.lists],
        "affected": copied.affected,
        "wanted": wanted.stored(),
        "port": port,
    }
    sandbox.order.write_text(json.dumps(order), encoding="utf-8")
    failure: Told | None = None
    with sandbox.said.open("ab") as said:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "recalldesk.drill", str(sandbox.folder)],
            env=sandbox.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        )
        try:
            assert process.stdout is not None  # it was asked for above
            for line in process.stdout:
                step = heard(line)
                if step is None:
                    continue
                if step.is_failure:
                    failure = step
                else:
                    told(step)
            process.wait()
        finally:
            _end(process)
    if failure is not None:
        raise DrillFailed(failure.message, failure.hint)
    if process.returncode or not sandbox.outcome.exists():
        raise DrillFailed("The drill did not come to its end.", _last_words(sandbox))
    return Outcome.from_stored(json.loads(sandbox.outcome.read_text(encoding="utf-8")))


def _end(process: "subprocess.Popen[str]") -> None:
    """It ends once its standard input is closed, and its programs with it."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(sandbox: Sandbox) -> str:
    lines = sandbox.said.read_text("utf-8", "replace").splitlines()
    told = [line.strip() for line in lines if line.strip()]
    last = f" Its last words: {told[-1][:300]}" if told else ""
    return f"Run it again with --keep, and see own/programs.txt in its folder.{last}"
