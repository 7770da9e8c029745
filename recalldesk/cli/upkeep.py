"""`recalldesk upgrade` and `recalldesk doctor`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.cli.database import say_waiting
from recalldesk.cli.fit import refuse_unfit_settings
from recalldesk.cli.screen import complain, counted, out, say, warn, working
from recalldesk.operating.doctor.examining import examine
from recalldesk.operating.doctor.findings import Finding, Level
from recalldesk.operating.upgrading import upgrade as upgrade_


def upgrade(
    backup: Annotated[
        Path | None, typer.Option(help="Where backups are kept; else RECALLDESK_BACKUP_FOLDER.")
    ] = None,
    no_backup: Annotated[
        str, typer.Option("--no-backup", help="Take no backup, and why; it stands in the log.")
    ] = "",
) -> None:
    """Back up, then bring tables, static files and index to this version. Safe to run again."""
    refuse_unfit_settings()
    with working("upgrading"):
        done = upgrade_(
            backups=backup or settings.BACKUP_FOLDER,
            without_backup=no_backup,
            waiting=say_waiting,
        )
    if done.backup is not None:
        say(f"A backup was taken: {done.backup}")
    if done.steps:
        say(f"{counted(len(done.steps), 'step', 'steps')} of the tables: {', '.join(done.steps)}.")
    else:
        say("The tables are those of this version already; no backup was needed.")
    say("Static files are collected, and the index is ready. `recalldesk doctor` sees the rest.")


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is wrong with this installation, and what to do. Ends with 1 where anything is."""
    with working("looking"):
        found = examine()
    wrong = [finding for finding in found if finding.level is Level.WRONG]
    if as_json:
        answer = {"well": not wrong, "findings": [asdict(finding) for finding in found]}
        out.print_json(json.dumps(answer))
    else:
        _say(found)
    if wrong:
        raise typer.Exit(1)


def _say(found: list[Finding]) -> None:
    for finding in found:
        words = f"{finding.id}  {finding.words}"
        if finding.level is Level.WRONG:
            complain(words, f"         {finding.hint}")
        else:
            warn(words)
            warn(f"         {finding.hint}")
    say("Nothing is wrong." if not found else f"{counted(len(found), 'finding', 'findings')}.")
