"""The addresses of recalls and their versions, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import recall_acts, recall_outputs, recall_version, recalls

SEE, APPROVE = Permission.SEE_RECALLS, Permission.APPROVE_RECALL
PUBLISH = Permission.PUBLISH_RECALL
VERSION = "recalls/<slug:slug>/versions/<int:number>/"
OF_ONE: tuple[tuple[str, View, str, Permission], ...] = (
    ("", recall_version.recall_version, "recall_version", SEE),
    ("send/", recall_acts.send, "recall_send", Permission.EDIT_RECALL),
    ("send-back/", recall_acts.send_it_back, "recall_send_back", APPROVE),
    ("approve/", recall_acts.approve, "recall_approve", APPROVE),
    ("override/", recall_acts.override, "recall_override", Permission.OVERRIDE_FINDING),
    ("override-notice/", recall_acts.override_notice, "recall_override_notice", APPROVE),
    ("publish/", recall_acts.publish, "recall_publish", PUBLISH),
    ("link/", recall_acts.link, "recall_link", APPROVE),
    ("texts/<slug:language>/", recall_outputs.texts, "recall_texts", SEE),
    (
        "papers/<slug:language>/<slug:kind>-on-<slug:size>.pdf",
        recall_outputs.paper,
        "recall_paper",
        SEE,
    ),
    (
        "papers/<slug:language>/<slug:brand>/<slug:kind>-on-<slug:size>.pdf",
        recall_outputs.paper,
        "recall_brand_paper",
        SEE,
    ),
)
RECALL_ADDRESSES = [
    desk_path("recalls/", recalls.recalls, name="recalls", permission=SEE),
    desk_path("recalls/<slug:slug>/", recalls.recall, name="recall", permission=SEE),
    desk_path("recalls/<slug:slug>/close/", recalls.close, name="recall_close", permission=PUBLISH),
    *(
        desk_path(f"{VERSION}{below}", view, name=name, permission=permission)
        for below, view, name, permission in OF_ONE
    ),
]
