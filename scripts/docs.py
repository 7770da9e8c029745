"""Keeps the documentation in step with the code.

`update` writes the generated parts anew. `check` fails where one differs, where a link or a command
leads nowhere, where a field of the recall file has no meaning, or where the README is too long.
Needs no database.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")
os.environ.setdefault("RECALLDESK_PROFILE", "test")
os.environ.setdefault("RECALLDESK_HOME", "var/check")

import django

ROOT = Path(__file__).resolve().parent.parent


def main(order: str) -> int:
    """The exit code of `update` or `check`."""
    django.setup()
    from docs_parts.blocks import write_blocks
    from docs_parts.judging import problems_in
    from docs_parts.tables import TABLES

    if order == "update":
        for path in write_blocks(ROOT, TABLES):
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")
    found = problems_in(ROOT)
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "check"):
        sys.exit("Say `scripts/docs.py update` or `scripts/docs.py check`.")
    sys.exit(main(sys.argv[1]))
