"""`recalldesk staff`: who works at the desk."""

import getpass
import os
import sys
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.accounts.actions import add_staff, refuse_unless_addressable, require
from recalldesk.accounts.errors import NotPermitted, StaffNotAccepted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.reads import all_staff, there_is_staff
from recalldesk.cli.person import PASSWORD_VARIABLE, proved
from recalldesk.cli.screen import out, say

app = typer.Typer(no_args_is_help=True)


def _whoever_adds(email: str, role: Role) -> Staff | None:
    """The administrator who adds; nobody for the very first one."""
    if email:
        person = proved(email)
        require(person, Permission.MANAGE_STAFF)
        return person
    if there_is_staff():
        raise NotPermitted("Only an administrator adds staff.", "Say who you are with --as EMAIL.")
    if role is not Role.ADMINISTRATOR:
        raise NotPermitted(
            "The first member of staff must be an administrator.",
            "Add them with --role administrator; they add the others.",
        )
    return None


@app.command("add")
def add(
    email: Annotated[str, typer.Argument(help="The address with which the person signs in.")],
    name: Annotated[str, typer.Option(help="Shown beside what the person decides.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    as_: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="An administrator's address.")
    ] = "",
    password_from: Annotated[
        str,
        typer.Option(
            "--new-password-from",
            metavar="VARIABLE",
            help="The environment variable that holds the new person's password.",
        ),
    ] = "",
) -> None:
    """Add a member of staff. The new password is asked for."""
    refuse_unless_addressable(email, name)
    by = _whoever_adds(as_, role)
    person = add_staff(
        email=email, name=name, role=role, password=_new_password(email, password_from, by), by=by
    )
    say(f"{person.name} is {Role(person.role).label.lower()} now.")


def _new_password(email: str, variable: str, by: Staff | None) -> str:
    """The new person's own password; the one in the environment proves the administrator."""
    if variable:
        given = os.environ.get(variable, "")
        if not given:
            raise StaffNotAccepted(f"{variable} is not set.", "Put the new password into it.")
        return given
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if by is None and given:
        return given
    if not sys.stdin.isatty():
        raise StaffNotAccepted(
            "A password for the new person is needed.",
            "Type it at a terminal, or name its variable with --new-password-from.",
        )
    typed = getpass.getpass(f"New password for {email} (at least 12 characters): ")
    if getpass.getpass("The same password again: ") != typed:
        raise StaffNotAccepted("The two passwords differ.", "Nobody was added; start again.")
    return typed


@app.command("list")
def list_() -> None:
    """List the staff."""
    table = Table("address", "name", "role", "active")
    for person in all_staff():
        active = "yes" if person.is_active else "no"
        table.add_row(person.email, person.name, Role(person.role).label, active)
    out.print(table)
