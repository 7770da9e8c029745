"""How a person comes to the desk of a demo: a made-up administrator invites whoever runs it."""

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import staff_at
from recalldesk.cli.screen import say
from recalldesk.demo.firm import demo_staff
from recalldesk.mailing.to_staff import invite_by_mail

ADMINISTRATOR, VISITOR = "administrator@demo.example", "you@demo.example"


def say_desk(port: int) -> None:
    """Where the desk is, and how to come in: by a new invitation, until one was taken."""
    site = f"http://localhost:{port}"
    joined = staff_at(VISITOR)
    if joined is not None and joined.is_active:
        say(f"The desk, as {VISITOR}: {site}/desk/")
        return
    _, link = invite_by_mail(
        email=VISITOR, name="You", role=Role.ADMINISTRATOR, by=_administrator(), site=site
    )
    say("The desk asks for a password of your own and an authenticator app or a passkey:")
    say(link)


def _administrator() -> Staff:
    return demo_staff(ADMINISTRATOR, "Demo administrator", Role.ADMINISTRATOR)
