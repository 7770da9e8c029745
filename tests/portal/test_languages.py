"""The translations are whole, and in step with the code."""

import subprocess
import sys

from tests.portal.published import EXAMPLES

ROOT = EXAMPLES.parent


def test_no_message_is_missing_stale_or_broken() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "messages.py"), "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
