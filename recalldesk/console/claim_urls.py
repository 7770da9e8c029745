"""The addresses of a claim, by reference and unit, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import (
    claim,
    claim_deciding,
    claim_email,
    claim_leads,
    claim_looks,
    claim_many,
    claim_told,
    disposal,
)

SEE, DECIDE = Permission.SEE_CLAIMS, Permission.DECIDE_CLAIM
PERSONAL = Permission.SEE_PERSONAL
OF_ONE: tuple[tuple[str, View, str, Permission], ...] = (
    ("", claim.claim, "claim", SEE),
    ("photos/<int:photo>/", claim.photo, "claim_photo", PERSONAL),
    ("photos/<int:photo>/file/", claim.photo_taken, "claim_photo_taken", PERSONAL),
    ("like/", claim.like, "claim_like", PERSONAL),
    ("newer/", claim.newer, "claim_newer", PERSONAL),
    ("to/<str:way>/", claim.beside, "claim_beside", SEE),
    ("decide/", claim_deciding.decide, "claim_decide", DECIDE),
    ("settle/", claim_deciding.settle, "claim_settle", Permission.DECIDE_SECOND),
    ("undo/", claim_deciding.undo, "claim_undo", DECIDE),
    ("leads/", claim_leads.found, "claim_leads", DECIDE),
    ("look/", claim_looks.look, "claim_look", DECIDE),
    ("give/", claim_looks.give, "claim_give", DECIDE),
    ("message/", claim_looks.message, "claim_message", Permission.ANSWER_OWNERS),
    ("email/", claim_email.email, "claim_email", Permission.MANAGE_REMEDIES),
    ("details/", claim_told.details, "claim_details", Permission.MANAGE_REMEDIES),
    ("appeal/", claim_told.appeal, "claim_appeal", Permission.ENTER_CLAIM),
    ("disposal/", disposal.disposal, "claim_disposal", Permission.ENTER_CLAIM),
    ("owner/", claim_looks.personal, "claim_personal", PERSONAL),
)
CLAIM_ADDRESSES = [
    desk_path("claims/several/", claim_many.several, name="several", permission=DECIDE),
    *(
        desk_path(
            f"claims/<str:reference>/<int:position>/{below}", view, name=name, permission=permission
        )
        for below, view, name, permission in OF_ONE
    ),
]
