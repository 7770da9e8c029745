"""Loaded before Django is: where the suite keeps its files, and the settings it runs under."""

import os
import tempfile
from pathlib import Path

from tests.in_memory import quick_place

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("TMPDIR", str(quick_place()))
tempfile.tempdir = None  # it may have been looked up before
os.environ.setdefault("RECALLDESK_PROFILE", "test")
os.environ.setdefault("RECALLDESK_HOME", str(ROOT / "var" / "test"))
os.environ.setdefault("RECALLDESK_PSEUDO_LANGUAGES", "1")
# One machine asks more here than any owner; what is limited is tested with the real numbers.
os.environ.setdefault("RECALLDESK_FREE_CHECKS", "1000000")
