"""`recalldesk apikey`: keys with which partners ask about many serials at once."""

from typing import Annotated

import typer
from rich.table import Table

from recalldesk.accounts.api_keys import KNOWN_FOR, give_api_key, revoke_api_key
from recalldesk.accounts.errors import ApiKeyProblem
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import KeyRight
from recalldesk.accounts.reads import all_api_keys
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import err, say, show_table
from recalldesk.stock.reads.notices import partner_named

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The partner's name.")]


@app.command("add")
def add(
    name: Name,
    right: Annotated[
        list[KeyRight],
        typer.Option(help="What the key may do; name the option again for another right."),
    ],
    as_: As,
    partner: Annotated[
        str, typer.Option(help="The partner for whom the key speaks; needed with the right stock.")
    ] = "",
) -> None:
    """Make a key for a partner. It is printed this once and kept nowhere."""
    whose = _partner_of(partner) if partner else None
    given = give_api_key(name=name, rights=right, by=proved(as_), partner=whose)
    err.print(
        f"The key of {given.row.name}; it may: {', '.join(given.row.rights)}. "
        "It is not shown again. It goes into the header Authorization: Bearer, never an address.",
        markup=False,
    )
    say(given.text)


def _partner_of(name: str) -> Partner:
    found = partner_named(name)
    if found is None:
        raise ApiKeyProblem(
            f"There is no partner {name!r}.", "`recalldesk partners list` shows them."
        )
    return found


@app.command("list")
def list_() -> None:
    """List the keys; none is shown."""
    table = Table("name", "may", "speaks for", "given", "last used", "revoked")
    for key in all_api_keys():
        table.add_row(
            key.name,
            "\n".join(key.rights),
            key.partner.name if key.partner else "",
            f"{key.created_at:%Y-%m-%d} by {key.created_by.name}",
            str(key.last_used_on or "never"),
            f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else "",
        )
    show_table(table)


@app.command("revoke")
def revoke(name: Name, as_: As) -> None:
    """Revoke a partner's key. It cannot be made good again."""
    key = revoke_api_key(name=name, by=proved(as_))
    say(
        f"The key of {key.name} is revoked; within {KNOWN_FOR.seconds} seconds "
        "no server takes it any more."
    )
