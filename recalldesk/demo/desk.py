"""The way into the desk of the demonstration, as its made-up administrator.

Guarantee: the link opens an invitation like any other: a password or passkey and a second factor
are set up through it. Once somebody took it, there is none any more.
"""

from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import staff_at
from recalldesk.mailing.to_staff import invite_by_mail

ADMINISTRATOR = "administrator@demo.example"


def way_into_the_desk(site: str) -> str:
    """A new link by which somebody joins as administrator; empty where somebody did.

    `site`: where the desk is served, without a slash at the end. An earlier link ends.
    """
    person = staff_at(ADMINISTRATOR)
    if person is not None and person.is_active:
        return ""
    _, link = invite_by_mail(
        email=ADMINISTRATOR,
        name="Demo administrator",
        role=Role.ADMINISTRATOR,
        by=None,
        site=site,
    )
    return link
