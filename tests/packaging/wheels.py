"""The wheel, built as a release is; and a clean environment into which it was installed."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def built(folder: Path) -> Path:
    """The wheel, in that folder, by the script that builds it for everybody."""
    subprocess.run([ROOT / "scripts" / "wheel", str(folder)], check=True, capture_output=True)
    (wheel,) = folder.glob("recalldesk-*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel in it, and no way to the clone; its folder of programs.

    What it needs it borrows from the environment that runs the tests, to save a minute: the path
    to that stands behind its own, and files by which the clone is found are not read on the way.
    `.ci/run` installs all of it for itself.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)],
        check=True,
        env=os.environ | {"PIP_NO_INPUT": "1"},
    )
    own = sysconfig.get_path("purelib", vars={"base": str(folder)})
    Path(own, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"
