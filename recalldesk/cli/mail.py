"""`recalldesk mail`: for the mail server beside it, which gives a report to a program by a pipe.

Guarantee: the mail server is told 0 only for what is written down or known; 65 (`EX_DATAERR`) for
what is no report of a mail of ours, so that it goes back; for whatever else goes wrong 75
(`EX_TEMPFAIL`, by `exit_codes`), so that it comes again.
"""

import os
import sys

import typer

from recalldesk.cli.screen import complain, say
from recalldesk.mailing.errors import NotAReport, NotOurMail
from recalldesk.mailing.reports import MOST_BYTES, report_in
from recalldesk.outreach.news import take_report

app = typer.Typer(no_args_is_help=True)
CHUNK = 1024 * 1024


@app.callback()
def _mail() -> None:
    """News of mail that was sent, where a mail server of your own sends it."""


@app.command("bounced")
def bounced() -> None:
    """Read one report of a mail server (RFC 3464) from standard input, and write it down."""
    content = sys.stdin.buffer.read(MOST_BYTES)
    while sys.stdin.buffer.read(CHUNK):
        pass  # whoever writes into the pipe is not cut off
    try:
        report = report_in(content)
        is_new = take_report(report)
    except (NotAReport, NotOurMail) as error:
        complain(error.message, error.hint)
        raise typer.Exit(os.EX_DATAERR) from error
    say("Written down." if is_new else "Nothing new.")
