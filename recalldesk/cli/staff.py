"""`recalldesk staff`: who works at the desk."""

import getpass
import os
import sys
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.accounts.actions import (
    add_staff,
    refuse_unless_addressable,
    refuse_unless_named,
    require,
)
from recalldesk.accounts.errors import NotPermitted, StaffNotAccepted
from recalldesk.accounts.invitations import LASTS, revoke_invitation
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.accounts.reads import all_staff, open_invitations, there_is_staff
from recalldesk.accounts.staff_changes import change_role, forget_second_factor, let_leave
from recalldesk.cli.person import PASSWORD_VARIABLE, As, proved
from recalldesk.cli.screen import err, say, show_table
from recalldesk.mailing.to_staff import invite_by_mail

app = typer.Typer(no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The person's address.")]


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
    """Add a member of staff. The new password is asked for.

    RECALLDESK_STAFF_PASSWORD is the password of whoever --as names; only for the very first person
    it is their own. Another's goes by --new-password-from.
    """
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
            "A password for the new person is needed"
            + (
                f": the one in {PASSWORD_VARIABLE} proves you, and is yours alone."
                if given
                else "."
            ),
            "Put theirs into a variable of its own and name that with --new-password-from; or type "
            "it at a terminal; or have them choose it: `recalldesk staff invite`.",
        )
    typed = getpass.getpass(f"New password for {email} (at least 12 characters): ")
    if getpass.getpass("The same password again: ") != typed:
        raise StaffNotAccepted("The two passwords differ.", "Nobody was added; start again.")
    return typed


@app.command("invite")
def invite(
    email: Annotated[str, typer.Argument(help="The address with which the person signs in.")],
    name: Annotated[str, typer.Option(help="Shown beside what the person decides.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    as_: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="An administrator's address.")
    ] = "",
) -> None:
    """Invite somebody to the desk. The link is mailed to them, and printed."""
    refuse_unless_named(email, name)
    _, link = invite_by_mail(email=email, name=name, role=role, by=_whoever_adds(as_, role))
    err.print(
        f"{email} is invited for {LASTS.days} days; the mail leaves with the next job. "
        "The link is for them alone:",
        markup=False,
    )
    say(link)


@app.command("revoke")
def revoke(email: Email, as_: As) -> None:
    """Revoke an open invitation: its link opens nothing any more."""
    revoke_invitation(email=email, by=proved(as_))
    say(f"The invitation of {email} does not open anything any more.")


@app.command("role")
def role(
    email: Email,
    role: Annotated[Role, typer.Argument(help="What they may do from now on.")],
    as_: As,
) -> None:
    """Give somebody another role. They are signed out everywhere."""
    person = change_role(email=email, role=role, by=proved(as_))
    say(f"{person.name} is {role.label.lower()} now, and signs in again.")


@app.command("leave")
def leave(email: Email, as_: As) -> None:
    """Close the account of somebody who leaves. What they decided stays under their name."""
    person = let_leave(email=email, by=proved(as_))
    say(f"{person.name} is signed out and cannot sign in any more.")


@app.command("forget-factor")
def forget_factor(email: Email, as_: As) -> None:
    """Forget a lost second factor. A new one is set up at the next sign-in."""
    person = forget_second_factor(email=email, by=proved(as_))
    say(f"{person.name} sets up a new second factor at the next sign-in.")


@app.command("list")
def list_() -> None:
    """List the staff, and who is invited."""
    invited = {invitation.person_id: invitation for invitation in open_invitations()}
    table = Table("address", "name", "role", "active")
    for person in all_staff():
        active = "yes" if person.is_active else "no"
        invitation = invited.get(person.pk)
        if invitation is not None:
            active = f"invited until {invitation.expires_at:%Y-%m-%d}"
            person.name, person.role = invitation.name, invitation.role
        table.add_row(person.email, person.name, Role(person.role).label, active)
    show_table(table)
