"""The addresses of partners and their stock, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import (
    partner,
    partner_certificates,
    partner_postings,
    partner_rows,
    partner_said,
    partners,
)

SEE, MANAGE = Permission.SEE_STOCK, Permission.MANAGE_PARTNERS
OF_RECALL = "partners/<slug:slug>/"
OF_PARTNER = f"{OF_RECALL}<int:number>/"
OF_POSTING = f"{OF_PARTNER}posted/<int:row>/"
PARTNER_ADDRESSES = [
    desk_path("partners/", partners.any_recall, name="partners_any", permission=SEE),
    desk_path(OF_RECALL, partners.partners, name="partners", permission=SEE),
    desk_path(f"{OF_RECALL}new/", partners.new, name="partner_new", permission=MANAGE),
    desk_path(f"{OF_RECALL}tell/", partners.tell, name="partners_tell", permission=MANAGE),
    desk_path(
        f"{OF_RECALL}rows/<str:figure>/", partner_rows.rows, name="partner_rows", permission=SEE
    ),
    desk_path(OF_PARTNER, partner.partner, name="partner", permission=SEE),
    desk_path(f"{OF_PARTNER}change/", partner.change, name="partner_change", permission=MANAGE),
    desk_path(f"{OF_PARTNER}end/", partner.end, name="partner_end", permission=MANAGE),
    desk_path(f"{OF_PARTNER}link/", partner.link, name="partner_link", permission=MANAGE),
    desk_path(
        f"{OF_PARTNER}answer/", partner_said.answer, name="partner_answer", permission=MANAGE
    ),
    desk_path(
        f"{OF_PARTNER}counts/", partner_said.counts, name="partner_counts", permission=MANAGE
    ),
    desk_path(f"{OF_PARTNER}moved/", partner_said.moved, name="partner_moved", permission=MANAGE),
    desk_path(
        f"{OF_PARTNER}back/<int:row>/",
        partner_said.take_back,
        name="partner_back",
        permission=MANAGE,
    ),
    desk_path(
        f"{OF_PARTNER}refunds/", partner_said.refund, name="partner_refund", permission=MANAGE
    ),
    desk_path(
        f"{OF_PARTNER}certify/<int:row>/",
        partner_certificates.add,
        name="partner_certify",
        permission=MANAGE,
    ),
    desk_path(f"{OF_PARTNER}posted/", partner_postings.new, name="partner_post", permission=MANAGE),
    desk_path(OF_POSTING, partner_postings.posting, name="partner_posting", permission=SEE),
    desk_path(
        f"{OF_POSTING}photo/",
        partner_postings.photo,
        name="partner_posting_photo",
        permission=MANAGE,
    ),
    desk_path(
        f"{OF_POSTING}photos/<int:photo_id>/",
        partner_postings.picture,
        name="partner_posting_picture",
        permission=SEE,
    ),
    desk_path(
        f"{OF_POSTING}down/",
        partner_postings.down,
        name="partner_posting_down",
        permission=MANAGE,
    ),
    desk_path(
        f"{OF_POSTING}back/",
        partner_postings.take_back,
        name="partner_posting_back",
        permission=MANAGE,
    ),
    desk_path(
        f"{OF_RECALL}certificates/<int:number>/",
        partner_certificates.certificate,
        name="partner_certificate",
        permission=SEE,
    ),
]
