"""The ways into the desk of the demonstration: as its made-up administrator, and as somebody of a
made-up authority, at a seat.

Guarantee: the link opens an invitation like any other: a password or passkey and a second factor
are set up through it. Once somebody took it, there is none any more.
"""

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import staff_at
from recalldesk.inquiries.giving import SeatAsked, give_seat
from recalldesk.inquiries.models import Seat
from recalldesk.mailing.to_staff import invite_by_mail
from recalldesk.recalls.models import Recall

ADMINISTRATOR = "administrator@demo.example"
REGULATOR = "regulator@demo.example"
AUTHORITY = "Made-up Authority"


def way_into_the_desk(site: str) -> str:
    """A new link by which somebody joins as administrator; empty where somebody did.

    `site`: where the desk is served, without a slash at the end. An earlier link ends.
    """
    return _way_in(ADMINISTRATOR, "Demo administrator", Role.ADMINISTRATOR, site)


def way_to_a_seat(recall: Recall, *, by: Staff, site: str) -> str:
    """The same for somebody of an authority, who has a seat at the recall from then on."""
    link = _way_in(REGULATOR, "Demo regulator", Role.REGULATOR, site)
    if not Seat.objects.filter(person__email=REGULATOR, recall=recall).exists():
        give_seat(email=REGULATOR, asked=SeatAsked(recall, AUTHORITY), by=by)
    return link


def _way_in(email: str, name: str, role: Role, site: str) -> str:
    person = staff_at(email)
    if person is not None and person.is_active:
        return ""
    _, link = invite_by_mail(email=email, name=name, role=role, by=None, site=site)
    return link
