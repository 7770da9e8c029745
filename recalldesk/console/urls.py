"""The addresses of the desk, below /desk/. Each names its permission, or the door it stands at.

Those with the names of django-allauth stand in `account_urls.py`.
"""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import Door, desk_path
from recalldesk.console.claim_urls import CLAIM_ADDRESSES
from recalldesk.console.effectiveness_urls import EFFECTIVENESS
from recalldesk.console.incident_figure_urls import INCIDENT_FIGURES
from recalldesk.console.incident_urls import INCIDENT_ADDRESSES
from recalldesk.console.keeping_urls import KEEPING_ADDRESSES
from recalldesk.console.paper_urls import PAPER_ADDRESSES
from recalldesk.console.partner_urls import PARTNER_ADDRESSES
from recalldesk.console.publicity_urls import PUBLICITY_ADDRESSES
from recalldesk.console.purchaser_urls import PURCHASER_ADDRESSES
from recalldesk.console.recall_edit_urls import RECALL_EDITING
from recalldesk.console.recall_urls import RECALL_ADDRESSES
from recalldesk.console.report_urls import REPORT_ADDRESSES
from recalldesk.console.seat_urls import SEAT_ADDRESSES
from recalldesk.console.site_urls import SITE_ADDRESSES
from recalldesk.console.views import (
    contacts,
    contacts_export,
    correction_reports,
    corrections,
    disposal,
    elsewhere,
    exports,
    figure_rows,
    figures,
    files,
    gift_codes,
    invitations,
    letters,
    phone,
    phone_list,
    promises,
    queue,
    recall_pictures,
    reconciling,
    remedies,
    saved_views,
    search,
    sent_units,
    staff,
    start,
    taking,
)
from recalldesk.console.wave_urls import WAVE_ADDRESSES

app_name = "console"

urlpatterns = [
    desk_path("", start.start, name="start", permission=Door.STAFF),
    desk_path("second-factor/", start.second_factor, name="second_factor", permission=Door.SET_UP),
    desk_path("invitation/", invitations.join, name="join", permission=Door.PUBLIC),
    desk_path(
        "invitation/<str:token>/", invitations.invitation, name="invitation", permission=Door.PUBLIC
    ),
    desk_path("claims/", queue.queue, name="queue", permission=Permission.SEE_CLAIMS),
    desk_path(
        "claims/next/", taking.take_next, name="take_next", permission=Permission.DECIDE_CLAIM
    ),
    *CLAIM_ADDRESSES,
    *INCIDENT_ADDRESSES,
    *INCIDENT_FIGURES,
    *RECALL_EDITING,
    *RECALL_ADDRESSES,
    *PURCHASER_ADDRESSES,
    *PUBLICITY_ADDRESSES,
    *PARTNER_ADDRESSES,
    *PAPER_ADDRESSES,
    *KEEPING_ADDRESSES,
    *SEAT_ADDRESSES,
    *SITE_ADDRESSES,
    *WAVE_ADDRESSES,
    *REPORT_ADDRESSES,
    *EFFECTIVENESS,
    desk_path("search/", search.search, name="search", permission=Permission.SEE_CLAIMS),
    desk_path("views/", saved_views.save, name="save_view", permission=Permission.SEE_CLAIMS),
    desk_path(
        "views/<int:number>/",
        saved_views.view,
        name="saved_view",
        permission=Permission.SEE_CLAIMS,
    ),
    desk_path("export/", exports.export, name="export", permission=Permission.EXPORT_LIST),
    desk_path("phone/", phone.phone, name="phone", permission=Permission.ENTER_CLAIM),
    desk_path(
        "phone/list/", phone_list.phone_list, name="phone_list", permission=Permission.ENTER_CLAIM
    ),
    desk_path("contacts/", contacts.contacts, name="contacts", permission=Permission.SEE_CLAIMS),
    desk_path(
        "contacts/new/",
        contacts.new_contact,
        name="contact_new",
        permission=Permission.ENTER_CLAIM,
    ),
    desk_path(
        "contacts/export/",
        contacts_export.export,
        name="contacts_export",
        permission=Permission.EXPORT_LIST,
    ),
    desk_path(
        "contacts/<int:number>/",
        contacts.contact,
        name="contact",
        permission=Permission.SEE_CLAIMS,
    ),
    desk_path(
        "contacts/<int:number>/note/",
        contacts.contact_note,
        name="contact_note",
        permission=Permission.SEE_PERSONAL,
    ),
    desk_path(
        "contacts/<int:number>/link/",
        contacts.contact_link,
        name="contact_link",
        permission=Permission.ENTER_CLAIM,
    ),
    desk_path(
        "contacts/<int:number>/scans/",
        contacts.contact_scans,
        name="contact_scans",
        permission=Permission.ENTER_CLAIM,
    ),
    desk_path(
        "contacts/<int:number>/scans/<int:scan>/",
        contacts.contact_scan,
        name="contact_scan",
        permission=Permission.SEE_PERSONAL,
    ),
    desk_path("letters/", letters.letters, name="letters", permission=Permission.ANSWER_OWNERS),
    desk_path(
        "letters/print/",
        letters.print_letters,
        name="letters_print",
        permission=Permission.SEE_PERSONAL,
    ),
    desk_path(
        "letters/posted/",
        letters.posted,
        name="letters_posted",
        permission=Permission.ANSWER_OWNERS,
    ),
    desk_path("promises/", promises.promises, name="promises", permission=Permission.SEE_CLAIMS),
    desk_path(
        "gift-codes/",
        gift_codes.gift_codes,
        name="gift_codes",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path("files/", files.files, name="files", permission=Permission.HAND_OUT_FILES),
    desk_path(
        "files/<int:number>/freeze/",
        files.file_freeze,
        name="file_freeze",
        permission=Permission.HAND_OUT_FILES,
    ),
    desk_path(
        "files/<int:number>/take/",
        files.file_get,
        name="file_get",
        permission=Permission.HAND_OUT_FILES,
    ),
    desk_path(
        "files/sent-units/",
        sent_units.sent_units,
        name="sent_units",
        permission=Permission.EXPORT_LIST,
    ),
    desk_path(
        "files/read/", files.file_read, name="file_read", permission=Permission.HAND_OUT_FILES
    ),
    desk_path(
        "remedies/", remedies.remedies, name="remedies", permission=Permission.MANAGE_REMEDIES
    ),
    desk_path(
        "remedies/<int:number>/act/",
        remedies.order_act,
        name="order_act",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/anew/",
        remedies.order_anew,
        name="order_anew",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/provider/",
        remedies.provider_try,
        name="provider_try",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/provider/stop/",
        remedies.provider_stop,
        name="provider_stop",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/budgets/<int:number>/",
        remedies.budget_release,
        name="budget_release",
        permission=Permission.RELEASE_BUDGET,
    ),
    desk_path(
        "remedies/reconciling/",
        reconciling.reconciling,
        name="reconciling",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/reconciling/now/",
        reconciling.reconcile_now,
        name="reconcile_now",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path(
        "remedies/reconciling/<int:number>/settle/",
        reconciling.finding_settle,
        name="finding_settle",
        permission=Permission.MANAGE_REMEDIES,
    ),
    desk_path("figures/", figures.figures, name="figures", permission=Permission.SEE_FIGURES),
    desk_path(
        "figures/rows/",
        figure_rows.figure_rows,
        name="figure_rows",
        permission=Permission.EXPORT_LIST,
    ),
    desk_path(
        "corrections/",
        corrections.corrections,
        name="corrections",
        permission=Permission.SEE_FIGURES,
    ),
    desk_path(
        "corrections/rows/",
        corrections.correction_rows,
        name="correction_rows",
        permission=Permission.SEE_FIGURES,
    ),
    desk_path(
        "corrections/reports/",
        correction_reports.correction_reports,
        name="correction_reports",
        permission=Permission.SEE_FIGURES,
    ),
    desk_path(
        "corrections/reports/<int:number>/",
        correction_reports.correction_report,
        name="correction_report",
        permission=Permission.SEE_FIGURES,
    ),
    desk_path(
        "corrections/new/",
        correction_reports.correction_new,
        name="correction_new",
        permission=Permission.REPORT_CORRECTION,
    ),
    desk_path(
        "corrections/file/",
        correction_reports.correction_file,
        name="correction_file",
        permission=Permission.REPORT_CORRECTION,
    ),
    desk_path(
        "corrections/files/<int:number>/rejects/",
        correction_reports.correction_rejects,
        name="correction_rejects",
        permission=Permission.REPORT_CORRECTION,
    ),
    desk_path(
        "recalls/<slug:slug>/pictures/",
        recall_pictures.recall_pictures,
        name="recall_pictures",
        permission=Permission.EDIT_RECALL,
    ),
    desk_path(
        "recalls/<slug:slug>/pictures/<str:digest>.jpg",
        recall_pictures.recall_picture,
        name="recall_picture",
        permission=Permission.SEE_RECALLS,
    ),
    desk_path(
        "elsewhere/", elsewhere.elsewhere, name="elsewhere", permission=Permission.SEE_RECALLS
    ),
    desk_path(
        "elsewhere/read/",
        elsewhere.feed_read,
        name="feed_read",
        permission=Permission.EDIT_RECALL,
    ),
    desk_path(
        "elsewhere/<int:number>/rejects/",
        elsewhere.feed_rejects,
        name="feed_rejects",
        permission=Permission.SEE_RECALLS,
    ),
    desk_path("proofs/", disposal.proofs, name="proofs", permission=Permission.SEE_CLAIMS),
    desk_path("staff/", staff.everybody, name="staff", permission=Permission.MANAGE_STAFF),
    desk_path(
        "staff/invite/", staff.invite, name="staff_invite", permission=Permission.MANAGE_STAFF
    ),
    desk_path(
        "staff/<int:number>/", staff.member, name="staff_member", permission=Permission.MANAGE_STAFF
    ),
]
