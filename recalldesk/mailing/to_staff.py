"""What is written to staff about their own accounts, in English as the desk is.

Guarantee: a mail commits together with what it tells of; it holds a link only where the link is
what was asked for.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from recalldesk.accounts.invitations import NewInvitation, invite
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.sites import site_at
from recalldesk.mailing.states import Purpose

SIGNED = "The desk"


def desk_site() -> str:
    """Where the desk stands, without a slash at the end, for links outside a request. On one's own
    machine by its name, since passkeys take no number."""
    environment = settings.ENVIRONMENT
    named = environment.desk_address or environment.public_address
    return site_at(named, machine="localhost")


@transaction.atomic
def invite_by_mail(
    *, email: str, name: str, role: Role, by: Staff | None, site: str = ""
) -> tuple[NewInvitation, str]:
    """Invites somebody and mails them the link; returns both. Raises as `invite` does."""
    made = invite(email=email, name=name, role=role, by=by)
    link = (site or desk_site()) + reverse("console:invitation", args=[made.token])
    who = by.name if by else "Whoever set this desk up"
    write_to_staff(
        to=made.row.person.email,
        purpose=Purpose.INVITATION,
        letter=Letter(
            subject="You are invited to the recall desk",
            language="en",
            signed=SIGNED,
            paragraphs=(
                f"{who} invites you to the desk that works on our product recalls, as "
                f"{Role(role).label.lower()}.",
                "Open the link, choose how you sign in, and set up a second factor. It works once, "
                f"until {made.row.expires_at:%d %B %Y, %H:%M} UTC.",
            ),
            button=("Join the desk", link),
            closing=("You did not expect this? Then do nothing, and tell whoever invited you.",),
        ),
    )
    return made, link


def write_to_staff(*, to: str, letter: Letter, purpose: Purpose) -> None:
    """A mail to somebody of the desk, sent by a job."""
    write_mail(
        recall=None,
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=letter.language,
        purpose=purpose,
    )
