"""Who may tell something of a partner's stock: the partner for itself, or the desk for it.

Guarantee: a partner never writes or reads a row of another.
"""

from recalldesk.accounts.acting import Acting, require_of
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.stock.errors import StockProblem, StockRefused


def require_speaker(by: Acting, partner: Partner | None) -> None:
    """Raises NotPermitted, or StockRefused where a partner means another one."""
    require_of(by, Permission.MANAGE_PARTNERS)
    if isinstance(by, Partner) and (partner is None or by.pk != partner.pk):
        raise StockRefused(StockProblem.NOT_YOURS)


def staff_of(by: Acting) -> Staff | None:
    """The column `by` of a row: who of the desk wrote it for the partner."""
    return by if isinstance(by, Staff) else None


def held_partner(partner: Partner) -> Partner:
    """The partner, locked: what is told of one is written one after the other."""
    return Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
