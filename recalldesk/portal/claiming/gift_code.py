"""The page on which an owner sees a gift code.

Guarantees: it shows one by its button only, to whoever gave a code mailed just now; opening it,
also ahead by a browser, shows nothing and notes nothing.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.access import is_fresh
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.remedying.gift_codes import show_owner_code, units_with_code
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.portal.claiming.standing import standing_on_page
from recalldesk.portal.claiming.status import done
from recalldesk.portal.claiming.visitor import Visitor, filed_page, go_to
from recalldesk.portal.views.answering import page
from recalldesk.recalls.document.parts import Money
from recalldesk.remedies.errors import NoCode
from recalldesk.remedies.providers.codes.showing import ShownCode

GROUP = 4
LONGEST_PLACE = 5


@dataclass(frozen=True, repr=False)
class CodeOnPage:
    """A code in groups that are read more easily, set apart by space that is not copied."""

    shown: ShownCode
    place: int
    groups: tuple[str, ...]
    worth: Money


@filed_page(posts=True)
def gift_code(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The units whose code is ready; with a form sent, the code of one."""
    ready = units_with_code(visitor.filing)
    if not ready:
        return done(visitor, "no-code")
    if not is_fresh(visitor.opened, clock.now()):
        return go_to(visitor, "claim_code", FreshFor.CODE)
    code = None
    if request.method == "POST":
        try:
            code = _shown(visitor, request.POST.get("unit", "")[:LONGEST_PLACE])
        except (NoCode, NotPossibleNow):
            return done(visitor, "no-code")
        except OSError:
            return done(visitor, "code-later")
    standing = standing_on_page(visitor.seen)
    values = {
        "visitor": visitor,
        "subject": visitor.subject,
        "remedy": standing.remedy,
        "from": visitor.seen.document,
        "units": [each for each in standing.units if each.unit.position in ready],
        "code": code,
    }
    frame = visitor.frame(request)
    return page(request, "claims/gift_code.html", values, frame=frame)


def _shown(visitor: Visitor, unit: str) -> CodeOnPage:
    place = int(unit) if unit.isascii() and unit.isdigit() else 0
    shown = show_owner_code(opened=visitor.opened, position=place)
    worth = Money(amount=shown.value, currency=shown.currency)
    return CodeOnPage(shown, place, groups_of(shown.code), worth)


def groups_of(code: str) -> tuple[str, ...]:
    """The code in pieces; one that is written in pieces already stays as it is."""
    if not code.isalnum():
        return (code,)
    return tuple(code[at : at + GROUP] for at in range(0, len(code), GROUP))
