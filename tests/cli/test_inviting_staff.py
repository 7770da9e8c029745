"""Inviting, changing and letting go of staff on the command line."""

import pytest
from django.urls import resolve

from recalldesk.accounts.invitations import invitation_of
from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.cast import Cast, Command

pytestmark = pytest.mark.usefixtures("db", "quick_passwords")
NIA = "nia@desk.example"
INVITE = ("staff", "invite", NIA, "--name", "Nia New", "--role")


def test_the_link_is_printed_and_mailed(command: Command, cast: Cast) -> None:
    ran = command(*INVITE, "reviewer", "--as", cast.administrator.email)
    assert ran.code == 0
    link = ran.out.strip()
    token = resolve("/" + link.partition("//")[2].partition("/")[2]).kwargs["token"]
    row = invitation_of(token)
    assert row is not None
    assert (row.person.email, row.role) == (NIA, Role.REVIEWER)
    assert link in content_of(Mailing.objects.get()).text
    assert token not in ran.err


def test_it_is_listed_and_revoked(command: Command, cast: Cast) -> None:
    command(*INVITE, "reviewer", "--as", cast.administrator.email)
    assert "invited until" in command("staff", "list").out
    assert command("staff", "revoke", NIA, "--as", cast.administrator.email).code == 0
    assert "invited until" not in command("staff", "list").out
    again = command("staff", "revoke", NIA, "--as", cast.administrator.email)
    assert (again.code, "no open invitation" in again.err) == (1, True)


def test_the_very_first_may_be_invited_and_must_be_an_administrator(command: Command) -> None:
    assert command(*INVITE, "reviewer").code == 1
    assert not Invitation.objects.exists()
    assert command(*INVITE, "administrator").code == 0
    # Whoever mistyped the address starts again.
    mistyped = ("staff", "invite", "mia@desk.example", "--name", "M", "--role", "administrator")
    assert command(*mistyped).code == 0


def test_only_an_administrator_invites(command: Command, cast: Cast) -> None:
    refused = command(*INVITE, "viewer", "--as", cast.approver.email)
    assert (refused.code, "may not add and change staff" in refused.err) == (1, True)
    assert command(*INVITE, "viewer").code == 1
    assert not Invitation.objects.exists()


def test_a_role_changes_and_somebody_leaves(command: Command, cast: Cast) -> None:
    by = ("--as", cast.administrator.email)
    assert "is auditor now" in command("staff", "role", cast.viewer.email, "auditor", *by).out
    assert Staff.objects.get(pk=cast.viewer.pk).role == Role.AUDITOR
    forgot = command("staff", "forget-factor", cast.viewer.email, *by)
    assert "sets up a new second factor" in forgot.out
    assert command("staff", "leave", cast.viewer.email, *by).code == 0
    assert not Staff.objects.get(pk=cast.viewer.pk).is_active
    alone = command("staff", "leave", cast.administrator.email, *by)
    assert (alone.code, "another administrator" in alone.err) == (1, True)
