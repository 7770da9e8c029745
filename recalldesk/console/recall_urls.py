"""The addresses of recalls and their versions, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import recall_version, recalls

SEE = Permission.SEE_RECALLS
RECALL_ADDRESSES = [
    desk_path("recalls/", recalls.recalls, name="recalls", permission=SEE),
    desk_path("recalls/<slug:slug>/", recalls.recall, name="recall", permission=SEE),
    desk_path(
        "recalls/<slug:slug>/versions/<int:number>/",
        recall_version.recall_version,
        name="recall_version",
        permission=SEE,
    ),
]
