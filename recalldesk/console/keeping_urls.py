"""The addresses of keeping: terms, legal holds, erasures before their day, and stubs."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import keeping, keeping_early, keeping_holds

SEE, HOLD, EARLY = Permission.SEE_KEEPING, Permission.HOLD_DATA, Permission.ERASE_EARLY
KEEPING_ADDRESSES = [
    desk_path("keeping/", keeping.keeping, name="keeping", permission=SEE),
    desk_path("keeping/terms/", keeping.term_set, name="keeping_term", permission=HOLD),
    desk_path("keeping/holds/new/", keeping_holds.new, name="hold_new", permission=HOLD),
    desk_path("keeping/holds/<int:number>/", keeping_holds.hold, name="hold", permission=SEE),
    desk_path(
        "keeping/holds/<int:number>/lift/", keeping_holds.lift, name="hold_lift", permission=HOLD
    ),
    desk_path("keeping/early/new/", keeping_early.new, name="early_new", permission=EARLY),
    desk_path("keeping/early/<int:number>/", keeping_early.early, name="early", permission=SEE),
    desk_path(
        "keeping/early/<int:number>/decide/",
        keeping_early.decide,
        name="early_decide",
        permission=EARLY,
    ),
    desk_path(
        "keeping/erased/<str:thing>/<int:number>/",
        keeping.erased,
        name="erased",
        permission=Permission.SEE_CLAIMS,
    ),
]
