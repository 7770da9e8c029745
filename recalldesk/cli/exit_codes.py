"""The exit codes of commands that a mail server runs: 75 tells it to come again, and with 1 what it
brought would be lost.
"""

import os
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

RUN_BY_A_MAIL_SERVER = ("mail", "bounced")
TOLD_AS_THEY_ARE = (None, os.EX_OK, os.EX_DATAERR)


@contextmanager
def as_read_by_whoever_runs(words: Sequence[str]) -> Iterator[None]:
    """Whatever goes wrong ends with 75 where a mail server runs the command of these words."""
    if tuple(words[:2]) != RUN_BY_A_MAIL_SERVER:
        yield
        return
    try:
        yield
    except SystemExit as end:
        if end.code in TOLD_AS_THEY_ARE:
            raise
        raise SystemExit(os.EX_TEMPFAIL) from end
    except Exception as error:
        traceback.print_exc()
        raise SystemExit(os.EX_TEMPFAIL) from error
