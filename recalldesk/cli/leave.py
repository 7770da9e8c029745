"""`recalldesk leave`: a whole recall is written out in open formats."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, working
from recalldesk.takeover.leaving.leaving import leave as write_out
from recalldesk.takeover.leaving.wanted import Wanted


def leave(
    slug: Slug,
    as_: As,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="A folder that is not there yet.")],
    reason: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
    without_personal: Annotated[
        bool, typer.Option("--without-personal", help="Leave out what tells of people.")
    ] = False,
    with_originals: Annotated[
        bool,
        typer.Option("--with-originals", help="Files of shops, banks and warehouses, too."),
    ] = False,
    with_codes: Annotated[
        bool, typer.Option("--with-codes", help="Gift codes, too, in the clear: they are money.")
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
            wanted=Wanted(
                personal=not without_personal, originals=with_originals, codes=with_codes
            ),
        )
    say(
        f"{counted(left.files, 'file stands', 'files stand')} in {to}: {left.rows:,} rows of "
        f"tables, {counted(left.photos, 'photo', 'photos')}."
    )
    if left.lost:
        say(
            counted(len(left.lost), "photo or file is", "photos or files are")
            + " gone from the file store; manifest.json names them."
        )
    say(f"SHA-256 of manifest.json: {left.manifest_sha256}")
    if not without_personal:
        say("It holds personal data. Only you may read it.")
    if with_codes:
        say("It holds gift codes: whoever reads codes/gift-codes.jsonl spends them.")
