"""The addresses of partners and their stock, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import partner, partner_said, partners

SEE, MANAGE = Permission.SEE_STOCK, Permission.MANAGE_PARTNERS
OF_RECALL = "partners/<slug:slug>/"
OF_PARTNER = f"{OF_RECALL}<int:number>/"
PARTNER_ADDRESSES = [
    desk_path("partners/", partners.any_recall, name="partners_any", permission=SEE),
    desk_path(OF_RECALL, partners.partners, name="partners", permission=SEE),
    desk_path(f"{OF_RECALL}new/", partners.new, name="partner_new", permission=MANAGE),
    desk_path(f"{OF_RECALL}tell/", partners.tell, name="partners_tell", permission=MANAGE),
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
        f"{OF_RECALL}certificates/<int:number>/",
        partner_said.certificate,
        name="partner_certificate",
        permission=SEE,
    ),
]
