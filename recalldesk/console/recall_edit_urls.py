"""The addresses at which a recall is written, each with its permission.

They stand before those of recalls: `new` would be the name of one.
"""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import (
    recall_editing,
    recall_file,
    recall_open_lines,
    recall_serials,
)

SEE, EDIT = Permission.SEE_RECALLS, Permission.EDIT_RECALL
AT = "recalls/<slug:slug>/edit/"
RECALL_EDITING = [
    desk_path("recalls/new/", recall_file.recall_new, name="recall_new", permission=EDIT),
    desk_path(AT, recall_editing.recall_edit, name="recall_edit", permission=SEE),
    desk_path(f"{AT}file/", recall_file.recall_file, name="recall_file", permission=SEE),
    desk_path(
        f"{AT}file/taken/", recall_file.recall_file_taken, name="recall_file_taken", permission=SEE
    ),
    desk_path(
        f"{AT}file/upload/",
        recall_file.recall_file_upload,
        name="recall_file_upload",
        permission=EDIT,
    ),
    desk_path(
        f"{AT}units/serials/",
        recall_serials.recall_serials,
        name="recall_serials",
        permission=SEE,
    ),
    desk_path(
        f"{AT}units/serials/<int:number>/rejects/",
        recall_serials.recall_serials_rejects,
        name="recall_serials_rejects",
        permission=EDIT,
    ),
    desk_path(
        f"{AT}units/serials/<int:number>/open/",
        recall_open_lines.recall_open_lines,
        name="recall_open_lines",
        permission=EDIT,
    ),
    desk_path(
        f"{AT}<slug:section>/",
        recall_editing.recall_section,
        name="recall_section",
        permission=SEE,
    ),
]
