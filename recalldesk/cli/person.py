"""Who is at the keyboard: an address and the password that proves it."""

import getpass
import os
import sys
from typing import Annotated

import typer

from recalldesk.accounts.actions import prove
from recalldesk.accounts.errors import NotProved
from recalldesk.accounts.models import Staff

PASSWORD_VARIABLE = "RECALLDESK_STAFF_PASSWORD"  # noqa: S105 - the name of a variable, no password

As = Annotated[
    str,
    typer.Option(
        "--as",
        help=f"Your staff address. The password is asked for, or read from {PASSWORD_VARIABLE}.",
        metavar="EMAIL",
    ),
]


def ask_password(question: str) -> str:
    """The password from the environment, or typed unseen."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise NotProved(
            "A password is needed.",
            f"Type it at a terminal, or give it in {PASSWORD_VARIABLE}.",
        )
    return getpass.getpass(f"{question}: ")


def proved(email: str) -> Staff:
    """The member of staff, once the password proves it."""
    return prove(email=email, password=ask_password(f"Password of {email}"))
