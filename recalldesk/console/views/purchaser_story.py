"""One purchaser: where they were found, what they bought, with whom they are one person; in full.

Guarantee: a purchaser is shown in full only after somebody said why, and the log has it; the reason
and what was seen stand in no address.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_compared import story_values
from recalldesk.console.purchaser_words import CHANNELS, CONTACTS
from recalldesk.console.purchasers_asked import recall_of_purchaser
from recalldesk.console.told_shown import told_shown
from recalldesk.outreach.reads.told import told_of
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.looking import NoReasonGiven, show_in_full
from recalldesk.purchasers.reads.story import purchaser_story

WHY_SHOWN = (
    "To write or call",
    "To compare two purchasers",
    "The purchaser asked us to look",
    "To mend it with the shop",
)


@require_safe
def purchaser(request: DeskRequest, number: int) -> HttpResponse:
    """The whole story of one, masked."""
    recall = recall_of_purchaser(request, number)
    story = purchaser_story(recall, number, by=request.user)
    told = told_of(recall, number, by=request.user)
    values: dict[str, Any] = story_values(story) | {
        "told": told_shown(recall.slug, told),
        "number": number,
        "recall": recall.slug,
        "may_see": request.user.may(Permission.SEE_PERSONAL),
    }
    return page(request, "purchasers/purchaser.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def purchaser_full(request: DeskRequest, number: int) -> HttpResponse:
    """Asks why, then shows it all."""
    recall = recall_of_purchaser(request, number)
    values: dict[str, Any] = {"number": number, "suggested": WHY_SHOWN}
    status = 200
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            found = show_in_full(recall=recall, number=number, by=request.user, reason=reason)
        except NotPermitted as denied:
            return page(request, "denied.html", {"problem": denied}, status=403)
        except NoReasonGiven:
            values["problem"], status = "Say why you look; it is kept in the log.", 422
        except NoSuchPurchaser as missing:
            raise Http404 from missing
        else:
            values |= {
                "found": found,
                "contacts": [(CONTACTS[each.kind], each.value) for each in found.contacts],
                "orders": [(each, CHANNELS[each.channel]) for each in found.orders],
            }
    return page(request, "purchasers/full.html", values, status=status)
