"""The data folder itself.

Guarantee: where we make it, nobody but its user may look into it; one that is there stays as its
owner made it, since what is private in it is closed by itself.
"""

import os
from pathlib import Path

from recalldesk.foundation import private_files


def prepare_home(home: Path, *, embedded_database: bool) -> None:
    """Makes the data folder, if it is not there. Raises OSError.

    PostgreSQL refuses root, so that root's embedded server is another user's: that user must pass
    through to its own folder, and can list nothing on the way.
    """
    private_files.make_home(home, others_pass_through=embedded_database and os.geteuid() == 0)


def unfinished_restore(home: Path) -> Path:
    """The file that is there from the first step of a restore to its last."""
    return home / "RESTORE_UNFINISHED"
