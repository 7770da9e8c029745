"""The addresses of partners."""

from django.urls import URLPattern, path

from recalldesk.portal.partner import (
    checking,
    posted,
    refunds,
    scanning,
    signing_in,
    start,
    stock,
    stop_sale,
)

OF_RECALL = "partner/recalls/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("partner/", start.start, name="partner"),
    path("partner/sign-in", signing_in.sign_in, name="partner_sign_in"),
    path("partner/sign-out", signing_in.sign_out, name="partner_sign_out"),
    path("partner/link/<str:token>", signing_in.link, name="partner_link"),
    path("partner/check", checking.check_list, name="partner_check"),
    path("partner/scan", scanning.scan, name="partner_scan"),
    path(f"{OF_RECALL}stop-sale", stop_sale.stop_sale, name="partner_stop_sale"),
    path(f"{OF_RECALL}letter.pdf", stop_sale.letter, name="partner_letter"),
    path(f"{OF_RECALL}stock", stock.counts, name="partner_counts"),
    path(f"{OF_RECALL}stock/<int:number>", stock.row, name="partner_row"),
    path(f"{OF_RECALL}moved", stock.moved, name="partner_moved"),
    path(f"{OF_RECALL}certificates/<int:number>", stock.certificate, name="partner_certificate"),
    path(f"{OF_RECALL}refunds", refunds.refunds, name="partner_refunds"),
    path(f"{OF_RECALL}refunds/<int:number>", refunds.refund, name="partner_refund"),
    path(
        f"{OF_RECALL}refund-files/<int:number>/not-taken.csv",
        refunds.rejected,
        name="partner_rejected",
    ),
    path(f"{OF_RECALL}posted", posted.posted, name="partner_posted"),
    path(
        f"{OF_RECALL}posted/<int:number>/photos/<int:photo_id>",
        posted.picture,
        name="partner_picture",
    ),
]
