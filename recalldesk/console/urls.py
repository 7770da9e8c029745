"""The addresses of the desk, below /desk/. Each names its permission, or the door it stands at.

Those with the names of django-allauth stand in `account_urls.py`.
"""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import Door, desk_path
from recalldesk.console.views import invitations, staff, start

app_name = "console"

urlpatterns = [
    desk_path("", start.start, name="start", permission=Permission.SEE_CLAIMS),
    desk_path("second-factor/", start.second_factor, name="second_factor", permission=Door.SET_UP),
    desk_path("invitation/", invitations.join, name="join", permission=Door.PUBLIC),
    desk_path(
        "invitation/<str:token>/", invitations.invitation, name="invitation", permission=Door.PUBLIC
    ),
    desk_path("staff/", staff.everybody, name="staff", permission=Permission.MANAGE_STAFF),
    desk_path(
        "staff/invite/", staff.invite, name="staff_invite", permission=Permission.MANAGE_STAFF
    ),
    desk_path(
        "staff/<int:number>/", staff.member, name="staff_member", permission=Permission.MANAGE_STAFF
    ),
]
