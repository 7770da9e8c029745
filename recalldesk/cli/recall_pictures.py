"""`recalldesk recall pictures`: the files of the pictures that a recall file names."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse, version_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.picture_files import (
    as_picture,
    files_in,
    refuse_where_refused,
    say_missing,
    say_taken,
)
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import say, working
from recalldesk.pictures.actions import take_pictures


def pictures(
    slug: Slug,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="JPEG, PNG, WebP or HEIC files, or folders of them."),
    ],
    as_: As,
) -> None:
    """Take the pictures that the recall file names into the draft; without one, into a new one."""
    recall = recall_or_refuse(slug)
    person = proved(as_)
    found = files_in(files)
    with working("Drawing the pictures anew …"):
        taken = take_pictures(recall=recall, files=[as_picture(path) for path in found], by=person)
    version = taken.draft or version_or_refuse(recall, None)
    say(f"{slug} version {version.number}:")
    say_taken(taken)
    say_missing(taken.missing, slug)
    if not taken.missing:
        say("All pictures that the recall file names are there.")
    refuse_where_refused(taken)


def add_to(app: typer.Typer) -> None:
    """Adds this command to `recalldesk recall`."""
    app.command("pictures")(pictures)
