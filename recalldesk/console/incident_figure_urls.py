"""The addresses of files of incident reports, of figures, and of the draft of a report of them."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import incident_figures, incident_files, section15b

SEE, IMPORT = Permission.SEE_INCIDENTS, Permission.IMPORT_INCIDENTS
INCIDENT_FIGURES = [
    desk_path(
        "incidents/figures/",
        incident_figures.incident_figures,
        name="incident_figures",
        permission=SEE,
    ),
    desk_path(
        "incidents/figures/propose/",
        incident_figures.incident_propose,
        name="incident_propose",
        permission=Permission.EDIT_RECALL,
    ),
    desk_path(
        "incidents/figures/<str:figure>/",
        incident_figures.incident_rows,
        name="incident_rows",
        permission=SEE,
    ),
    desk_path(
        "incidents/files/", incident_files.incident_files, name="incident_files", permission=IMPORT
    ),
    desk_path(
        "incidents/files/<int:number>/rejects/",
        incident_files.incident_rejects,
        name="incident_rejects",
        permission=IMPORT,
    ),
    desk_path("incidents/section-15b/", section15b.section15b, name="section15b", permission=SEE),
    desk_path(
        "incidents/section-15b/pdf/",
        section15b.section15b_pdf,
        name="section15b_pdf",
        permission=SEE,
    ),
]
