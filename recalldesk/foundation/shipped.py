"""Folders that come with the product and are no part of the package: `deploy`, `examples`.

Guarantee: a clone uses its own, an installed wheel those that were installed with it.
"""

import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
INSTALLED = Path("share") / "recalldesk"


def shipped(name: str) -> Path:
    """Where the folder is. It may not be there, where somebody copied the package alone."""
    if (CLONE / "pyproject.toml").is_file():
        return CLONE / name
    return Path(sys.prefix) / INSTALLED / name
