"""The addresses of how effective a recall is, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import effectiveness

BELOW: tuple[tuple[str, View, str], ...] = (
    ("", effectiveness.effectiveness_start, "effectiveness_start"),
    ("<slug:slug>/", effectiveness.effectiveness, "effectiveness"),
    ("<slug:slug>/rows/", effectiveness.effectiveness_rows, "effectiveness_rows"),
    ("<slug:slug>/file.<str:form>", effectiveness.effectiveness_file, "effectiveness_file"),
)
EFFECTIVENESS = [
    desk_path(f"effectiveness/{below}", view, name=name, permission=Permission.SEE_REPORTS)
    for below, view, name in BELOW
]
