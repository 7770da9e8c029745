"""`recalldesk leave`: a whole recall is written out in open formats."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, working
from recalldesk.takeover.leaving.leaving import leave as write_out


def leave(
    slug: Slug,
    as_: As,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="A folder that is not there yet.")],
    reason: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
    without_personal: Annotated[
        bool, typer.Option("--without-personal", help="Leave out what tells of people.")
    ] = False,
) -> None:
    """Write everything of a recall out: CSV and JSON Lines, photos, a manifest."""
    recall, person = recall_or_refuse(slug), proved(as_)
    with working("Writing"):
        left = write_out(
            recall=recall,
            to=to,
            by=person,
            reason=reason,
            with_personal=not without_personal,
        )
    say(
        f"{counted(left.files, 'file stands', 'files stand')} in {to}: {left.rows:,} rows of "
        f"tables, {counted(left.photos, 'photo', 'photos')}."
    )
    if left.lost:
        say(
            counted(left.lost, "photo or file is", "photos or files are")
            + " gone from the file store."
        )
    say(f"SHA-256 of manifest.json: {left.manifest_sha256}")
    if not without_personal:
        say("It holds personal data. Only you may read it.")
