"""`recalldesk takeover`: a recall that was run elsewhere comes in."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, working
from recalldesk.cli.sent_back import refuse_if_nothing_was_taken, say_read
from recalldesk.cli.serials import place_for_rejects
from recalldesk.cli.taken import say_standing
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.going_on import standing_of
from recalldesk.takeover.kept_files import Taken
from recalldesk.takeover.photos_taken import PhotosTaken, photos_waited_for, take_photos
from recalldesk.takeover.run import files_in, look_over, take_over
from recalldesk.takeover.states import FileOf


def takeover(
    slug: Slug,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="What that system wrote, and takeover.toml.")
    ],
    as_: As,
    mapping: Annotated[
        Path | None, typer.Option(help="The mapping file, where it lies elsewhere.")
    ] = None,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            help="A folder for rejected lines; else beside the files, and of a look none."
        ),
    ] = None,
) -> None:
    """Take over a recall that was run elsewhere: claims, remedies, notices, photos."""
    recall, person = recall_or_refuse(slug), proved(as_)
    _refuse_no_folder(rejects)
    named = files_in(folder, mapping)
    standing = None
    with working("Reading"):
        if look:
            done, standing = look_over(recall=recall, named=named, by=person)
        else:
            done = take_over(recall=recall, named=named, by=person)
    paths = dict(named.files)
    for each in done:
        _say(each, paths[each.kind], rejects, look=look)
    if named.photos is not None and not look:
        with working("Taking photos"):
            photos = take_photos(recall=recall, folder=named.photos, by=person)
        _say_photos(photos)
    elif (waited_for := photos_waited_for(recall)) and not look:
        say(
            f"{counted(waited_for, 'photo is', 'photos are')} named by claims, and there is no "
            f"folder {folder / named.mapping.photos}: put them there, and run it again."
        )
    if standing is not None:
        say("This is how it would stand:")
    say_standing(recall, standing or standing_of(recall))
    if look:
        say("Nothing is kept yet: run it again without --look.")
    for each in done:
        if each.read is not None:
            refuse_if_nothing_was_taken(each.read)


def _refuse_no_folder(rejects: Path | None) -> None:
    """Before anything is taken. Raises TakeoverRefused."""
    if rejects is not None and not rejects.is_dir():
        raise TakeoverRefused(
            f"{rejects} is no folder.", "Make it first: rejected lines are written into it."
        )


def _say(taken: Taken, path: Path, rejects: Path | None, *, look: bool) -> None:
    say(f"{FileOf(taken.kind).label} ({taken.name}):")
    if taken.read is None:
        say(f"The same file was taken over before, as file {taken.number}: nothing changed.")
        return
    place = place_for_rejects(rejects / path.name if rejects else path, None)
    say_read(taken.read, place if rejects or not look else None, only_look=False)
    if taken.is_known:
        say(f"As when it was taken over as file {taken.number}: nothing changed.")
    elif not look:
        say(f"Taken over as file {taken.number}.")


def _say_photos(done: PhotosTaken) -> None:
    say(
        f"{counted(done.named, 'photo is', 'photos are')} named by claims = {done.taken:,} taken "
        f"+ {done.known:,} here already + {done.not_found:,} not found + {done.refused:,} refused"
    )
