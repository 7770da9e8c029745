"""`recalldesk remedies owners`: whom replacements were sent to, when one is itself recalled."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.claims.remedying.sent_units import Counted, Sought, count_sent, list_owners
from recalldesk.cli.named import text_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import counted, say, warn
from recalldesk.cli.sent_back import form_of, write_private
from recalldesk.config.database import refuse_unprepared
from recalldesk.foundation.problem import Problem


def owners(
    as_: As,
    to: Annotated[Path, typer.Option(help="The new file, .csv or .xlsx, for your eyes only.")],
    reason: Annotated[str, typer.Option(help="What it is for; it stands in the log.")],
    article: Annotated[
        str, typer.Option(help="Of this article, as the recall file's `article` names it.")
    ] = "",
    batch: Annotated[list[str] | None, typer.Option(help="Of this batch. May be repeated.")] = None,
    serials: Annotated[
        Path | None, typer.Option(help="A text file of serials, one a line.")
    ] = None,
    also_unknown: Annotated[
        bool,
        typer.Option("--also-unknown", help="Also parcels of which nobody said what was in them."),
    ] = False,
) -> None:
    """List the owners who were sent certain units: for when a replacement is itself recalled.

    The list can be brought into that recall by `recalldesk purchasers import`.
    """
    refuse_unprepared()
    if to.exists():
        raise Problem(f"{to} is there already.", "Name a new file with --to.")
    lines = text_or_refuse(serials).splitlines() if serials else []
    named = tuple(line.strip() for line in lines if line.strip())
    sought = Sought(article.strip(), named, tuple(batch or ()), also_unknown)
    person = proved(as_)
    found = count_sent(sought, by=person)
    if found.listed:
        made = list_owners(sought, by=person, form=form_of(to), reason=reason)
        write_private(to, made.parts)
    _say(found, to)


def _say(found: Counted, to: Path) -> None:
    if found.listed:
        say(f"{counted(found.listed, 'parcel stands', 'parcels stand')} in {to}.")
    else:
        say("No parcel is known to have held such a unit; no file was written.")
    if found.erased:
        were = counted(found.erased, "owner's data are", "owners' data are")
        warn(f"{were} erased: they stand there by their claims alone, and cannot be written to.")
    if found.unknown:
        are = counted(found.unknown, "parcel is", "parcels are")
        warn(
            f"{are} not in it of which nobody said what they held: each may hold such a unit. "
            "--also-unknown lists them, too."
        )
