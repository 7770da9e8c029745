"""A site that the desk knows of and no list names is entered by hand.

Guarantee: it is judged as a line of a list is, and one that is there already is not made twice.
"""

from collections.abc import Mapping

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.disposal.actions import OPEN
from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.site_rows import Usual, site_of
from recalldesk.disposal.importing.storing import identity_of
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import LineReason
from recalldesk.foundation import clock

OF_THE_DESK = "The desk"
"""The list to which such sites belong: no file closes them."""


@transaction.atomic
def enter_site(*, said: Mapping[str, str], by: Staff) -> CollectionSite:
    """Keeps the site that a form names, by the names of fields. Raises NotPermitted,
    SitesRefused."""
    require(by, Permission.MANAGE_SITES)
    today = clock.now().date()
    usual = Usual(checked_on=today, checked_by=by.name[:80]) if said.get("takes") else Usual()
    row = site_of(said, usual, today=today)
    if isinstance(row, LineReason):
        raise SitesRefused(f"The site {row.label}.", "Nothing was kept.")
    identity = identity_of(OF_THE_DESK, row)
    if CollectionSite.objects.filter(identity=identity).exists():
        raise SitesRefused("A site of this name and address is there.", "Search for it.")
    site = CollectionSite.objects.create(source=OF_THE_DESK, identity=identity, **row.values)
    record_change(
        subject=Subject.SITE,
        subject_id=site.pk,
        to_state=OPEN,
        reason=Reason.ENTERED,
        actor_id=by.pk,
    )
    return site
