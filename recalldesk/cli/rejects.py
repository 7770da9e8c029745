"""`recalldesk serials rejects|settle`: lines that were not taken, until a person settles them."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.audit.states import Reason
from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, show_table
from recalldesk.units.actions import settle_rejects
from recalldesk.units.errors import UnitsError
from recalldesk.units.facts import unsettled_rejects

SHOWN = 80
LISTED = 200


class Settled(StrEnum):
    """How a line was settled."""

    NOT_A_UNIT = Reason.NOT_A_UNIT.value
    CORRECTED = Reason.CORRECTED.value


def rejects(slug: Slug) -> None:
    """List the rejected lines that nobody has settled."""
    found = unsettled_rejects(recall_or_refuse(slug))
    if not found.exists():
        say("No rejected line waits to be settled.")
        return
    table = Table("number", "file", "line", "why", "the line as it came")
    for reject in found[:LISTED]:
        row = bytes(reject.row).decode("utf-8", "backslashreplace")[:SHOWN]
        table.add_row(
            str(reject.pk),
            reject.serial_import.file_name,
            f"{reject.line_number:,}",
            reject.get_reason_display(),
            row,
        )
    show_table(table)
    count = found.count()
    say(
        counted(count, "rejected line is not settled", "rejected lines are not settled")
        + (f"; {LISTED} shown." if count > LISTED else ".")
    )


def settle(
    slug: Slug,
    as_: As,
    how: Annotated[Settled, typer.Option(help="Why the line is no longer open.")],
    reason: Annotated[str, typer.Option("--reason", help="In your words, for the log.")],
    number: Annotated[
        list[int] | None, typer.Option(help="A line's number in `serials rejects`.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All open lines of the recall.")] = False,
) -> None:
    """Settle rejected lines, once they were corrected or found to name no unit."""
    found = unsettled_rejects(recall_or_refuse(slug))
    if not number and not every:
        raise UnitsError("Which lines?", "Name them with --number, or all with --all.")
    chosen = list(found if every else found.filter(pk__in=number or []))
    if not every and len(chosen) != len(set(number or [])):
        raise UnitsError(
            "Not every number is an open line of this recall.", "`serials rejects` lists them."
        )
    count = settle_rejects(rejects=chosen, reason=Reason(how), by=proved(as_), note=reason)
    say(counted(count, "line is settled.", "lines are settled."))


def add_to(app: typer.Typer) -> None:
    """Adds these commands to `recalldesk serials`."""
    app.command("rejects")(rejects)
    app.command("settle")(settle)
