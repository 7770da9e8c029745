"""The addresses of what is done in public, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import publicity, publicity_entering, publicity_logs

SEE, ENTER = Permission.SEE_REPORTS, Permission.ENTER_PUBLICITY
OF_RECALL = "publicity/<slug:slug>/"
PUBLICITY_ADDRESSES = [
    desk_path("publicity/", publicity.any_recall, name="publicity_any", permission=SEE),
    desk_path(OF_RECALL, publicity.publicity, name="publicity", permission=SEE),
    desk_path(
        f"{OF_RECALL}home-page/",
        publicity_entering.home_page,
        name="publicity_home_page",
        permission=ENTER,
    ),
    desk_path(
        f"{OF_RECALL}post/", publicity_entering.post, name="publicity_post", permission=ENTER
    ),
    desk_path(
        f"{OF_RECALL}reading/",
        publicity_entering.reading,
        name="publicity_reading",
        permission=ENTER,
    ),
    desk_path(
        f"{OF_RECALL}look/", publicity_entering.look, name="publicity_look", permission=ENTER
    ),
    desk_path(f"{OF_RECALL}log/", publicity_logs.log, name="publicity_log", permission=ENTER),
    desk_path(
        f"{OF_RECALL}back/<slug:what>/<int:number>/",
        publicity_entering.take_back,
        name="publicity_back",
        permission=ENTER,
    ),
]
