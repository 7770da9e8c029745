"""`recalldesk notice export`: the folder for a plain web server, while all else is stopped."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.cli.fit import refuse_unfit_settings
from recalldesk.cli.screen import counted, say, working
from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.exporting import (
    Exported,
    collect_static_files,
    places_of,
)
from recalldesk.operating.stand_in.exporting import export as export_


def export(
    recalls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECALL]...", help="The recalls, by name; else all that were published."
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="The folder; else RECALLDESK_NOTICE_FOLDER. It is replaced as a whole."),
    ] = None,
    host: Annotated[
        str,
        typer.Option(help="As it is shown at this host name of a brand; else alike under all."),
    ] = "",
) -> None:
    """Write all notices as a folder for any web server, to be shown while all else is stopped."""
    folder: Path | None = to or settings.NOTICE_FOLDER
    if folder is None:
        raise StandInProblem(
            "No folder is named.", "Name one with --to, or set RECALLDESK_NOTICE_FOLDER."
        )
    refuse_unfit_settings()
    with working("writing pages"):
        collect_static_files()
        places = places_of(folder, host)
        done = [(place, export_(place, recalls or (), host=each)) for place, each in places]
    if not done:
        raise StandInProblem(
            "No brand has a host name, so that there is no folder to write.",
            "Name one without {host}.",
        )
    for place, exported in done:
        _say(place, exported)


def _say(folder: Path, done: Exported) -> None:
    files = counted(done.files, "file", "files")
    of_recalls = counted(len(done.recalls), "recall", "recalls")
    if done.has_changed:
        say(f"{folder}: {files} of {of_recalls} written.")
    else:
        say(f"{folder}: {files} of {of_recalls}, as they were.")


def add_to(app: typer.Typer) -> None:
    """Adds the command to the group."""
    app.command("export")(export)
