"""The addresses of the desk, below /desk/. Each names its permission, or the door it stands at.

Those with the names of django-allauth stand in `account_urls.py`.
"""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import Door, desk_path
from recalldesk.console.views import (
    exports,
    invitations,
    queue,
    saved_views,
    search,
    staff,
    start,
    taking,
)

app_name = "console"

urlpatterns = [
    desk_path("", start.start, name="start", permission=Permission.SEE_CLAIMS),
    desk_path("second-factor/", start.second_factor, name="second_factor", permission=Door.SET_UP),
    desk_path("invitation/", invitations.join, name="join", permission=Door.PUBLIC),
    desk_path(
        "invitation/<str:token>/", invitations.invitation, name="invitation", permission=Door.PUBLIC
    ),
    desk_path("claims/", queue.queue, name="queue", permission=Permission.SEE_CLAIMS),
    desk_path(
        "claims/next/", taking.take_next, name="take_next", permission=Permission.DECIDE_CLAIM
    ),
    desk_path("search/", search.search, name="search", permission=Permission.SEE_CLAIMS),
    desk_path("views/", saved_views.save, name="save_view", permission=Permission.SEE_CLAIMS),
    desk_path(
        "views/<int:number>/",
        saved_views.view,
        name="saved_view",
        permission=Permission.SEE_CLAIMS,
    ),
    desk_path("export/", exports.export, name="export", permission=Permission.EXPORT_LIST),
    desk_path("staff/", staff.everybody, name="staff", permission=Permission.MANAGE_STAFF),
    desk_path(
        "staff/invite/", staff.invite, name="staff_invite", permission=Permission.MANAGE_STAFF
    ),
    desk_path(
        "staff/<int:number>/", staff.member, name="staff_member", permission=Permission.MANAGE_STAFF
    ),
]
