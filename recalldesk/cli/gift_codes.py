"""`recalldesk remedies codes`: the firm's own gift codes come in, and are counted.

Guarantee: no code is ever printed.
"""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.remedies.errors import CodesRefused
from recalldesk.remedies.providers.codes.importing.run import CodesTaken, import_codes
from recalldesk.remedies.providers.codes.pools import open_pool, pool_named
from recalldesk.remedies.providers.codes.stock import stock

app = typer.Typer(no_args_is_help=True)
LISTED = 20


@app.callback()
def _codes() -> None:
    """Gift codes of the firm's own, in pools of one worth each."""


@app.command("new")
def new(
    slug: Slug,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the recall file names the pool.")],
    as_: As,
    value: Annotated[str, typer.Option(help="What each code is worth, such as 30.00.")],
    currency: Annotated[str, typer.Option(help="Three letters, such as USD.")],
    expires: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day of its codes.")
    ] = None,
    low_stock: Annotated[
        int, typer.Option(min=0, help="With so many left, or fewer, the desk is warned.")
    ] = 0,
) -> None:
    """Make a pool, which is empty."""
    try:
        worth = Decimal(value)
    except InvalidOperation:
        raise CodesRefused(f"{value} is no amount.", "Such as --value 30.00.") from None
    pool = open_pool(
        recall=recall_or_refuse(slug),
        name=name,
        value=worth,
        currency=currency,
        by=proved(as_),
        expires_on=expires.date() if expires else None,
        low_stock=low_stock,
    )
    say(f"The pool is there. Bring codes in: recalldesk remedies codes import {slug}/{pool.name} …")


@app.command("import")
def import_(
    pool: Annotated[str, typer.Argument(metavar="POOL", help="RECALL/NAME")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, text, XLSX, Parquet.")],
    as_: As,
    column: Annotated[str, typer.Option(help="The heading of the codes' column.")] = "",
    pin_column: Annotated[str, typer.Option(help="The heading of the PINs' column.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Where to list the rejected lines, without what they hold.")
    ] = None,
) -> None:
    """Bring codes into a pool; a code that is there already changes nothing."""
    if rejects is not None and rejects.exists():
        raise CodesRefused(f"{rejects} is there already.", "Name a new file.")
    taken = import_codes(
        pool=pool_named(pool),
        path=file,
        by=proved(as_),
        column=column,
        pin_column=pin_column,
        sheet=sheet or None,
        reject_file=rejects,
    )
    say(f"{pool}:")
    _say(taken)
    say(f"{file.name} still holds the codes in clear: delete it where nobody needs it.")


def _say(taken: CodesTaken) -> None:
    tally = taken.tally
    say(
        f"{taken.lines:,} lines = {tally.heading:,} heading + {tally.accepted:,} accepted "
        f"+ {tally.rejected:,} rejected + {tally.duplicate:,} duplicate + {tally.blank:,} blank"
        + (f" + {tally.continued:,} continued" if tally.continued else "")
    )
    for number, why in taken.rejects[:LISTED]:
        say(f"line {number:,} {why}")
    if len(taken.rejects) > LISTED:
        more = counted(len(taken.rejects) - LISTED, "more line", "more lines")
        say(f"and {more}: --rejects FILE lists all of them.")
    for remark in taken.remarks:
        say(remark)
    if taken.sent_on:
        said = counted(taken.sent_on, "order goes on", "orders go on")
        say(f"{said} that had waited for codes.")
    if not tally.accepted:
        say("No new code: nothing changed.")


@app.command("list")
def list_() -> None:
    """How many codes are left, pool by pool."""
    found = stock()
    if not found:
        say("There is no pool of gift codes. `recalldesk remedies codes new` makes one.")
        return
    for each in found:
        until = f"until {each.expires_on}" if each.expires_on else "no end"
        sign = "EXPIRED: " if each.is_over else "LOW: " if each.is_low else ""
        say(f"{each.recall}/{each.name}: {sign}{counted(each.left, 'code', 'codes')} left")
        say(
            f"  {each.value} {each.currency} each, {until}; {each.handed_out:,} handed out, of "
            f"them {each.shown:,} shown and {each.withdrawn:,} taken back"
        )
