"""A clamd of a test: Debian's program, with one signature made here, on a socket in a folder."""

import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import comes_true

CLAMD = Path("/usr/sbin/clamd")
needs_clamd = pytest.mark.skipif(not CLAMD.exists(), reason="there is no clamd")
MARKER = b"recalldesk-test-marker-" + secrets.token_hex(8).encode()
"""Made anew in every run, so that no file of this repository is ever taken for harmful."""
MOST_BYTES = 2_000_000
"""Longer streams are refused by this clamd, as by any beyond its setting."""


@contextmanager
def running_clamd() -> Iterator[Path]:
    """The socket of a clamd that knows MARKER and nothing else."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        signatures, at = folder / "signatures", folder / "socket"
        signatures.mkdir()
        # A signature of bytes anywhere: one of a whole file's digest would not match a stream.
        (signatures / "test.ndb").write_text(f"Recalldesk.Test:0:*:{MARKER.hex()}\n")
        (folder / "clamd.conf").write_text(
            f"Foreground yes\nLocalSocket {at}\nDatabaseDirectory {signatures}\n"
            f"StreamMaxLength {MOST_BYTES}\nTemporaryDirectory {folder}\n"
        )
        clamd = subprocess.Popen(
            [CLAMD, f"--config-file={folder / 'clamd.conf'}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert comes_true(at.exists), "clamd did not start"
            yield at
        finally:
            clamd.terminate()
            clamd.wait()
