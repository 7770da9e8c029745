"""`recalldesk keys`: the keys that seal personal data."""

import re
from typing import Annotated

import typer

from recalldesk.cli.screen import say
from recalldesk.sealing.keys import new_key

NAME = re.compile(r"[A-Za-z0-9-]{1,32}")
app = typer.Typer(no_args_is_help=True)


@app.callback()
def _keys() -> None:
    """Keys are made here and kept by you, never by this program."""


@app.command("new")
def new(
    name: Annotated[str, typer.Option(help="A short name, such as the year.")] = "key-1",
) -> None:
    """Print a new key for RECALLDESK_SEALING_KEYS, and one for RECALLDESK_LOOKUP_KEY."""
    if not NAME.fullmatch(name):
        raise typer.BadParameter("is 1 to 32 letters, digits and hyphens", param_hint="--name")
    say(f"RECALLDESK_SEALING_KEYS={name}:{new_key()}")
    say(f"RECALLDESK_LOOKUP_KEY={new_key()}")
