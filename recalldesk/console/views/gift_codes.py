"""How many gift codes are left, pool by pool; no code is on any page of the desk."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.remedies.providers.codes.stock import stock


@require_safe
def gift_codes(request: DeskRequest) -> HttpResponse:
    """The pools."""
    pools = stock()
    values = {
        "pools": pools,
        "low": [each for each in pools if each.is_low and not each.is_over],
        "over": [each for each in pools if each.is_over and each.left],
        "may_import": request.user.may(Permission.IMPORT_CODES),
    }
    return page(request, "gift_codes.html", values)
