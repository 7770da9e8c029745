"""Runs one measured piece of work in a process of its own, so that its memory is its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

MEBIBYTE = 1024 * 1024


def run_child(
    module: str, *arguments: str, environ: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Runs `python -m module arguments` and reads the JSON line it ends with."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout.strip().rsplit("\n", 1)[-1])
    return result


class Measured:
    """Wall seconds and peak memory of this process."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def tell(self, **more: object) -> None:
        """Prints the result as one JSON line."""
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        seconds = time.perf_counter() - self._began
        print(json.dumps({"seconds": seconds, "mebibytes": peak / MEBIBYTE, **more}))
