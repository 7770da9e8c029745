"""The addresses at which a claim is come back to and followed."""

from django.urls import URLPattern, path

from recalldesk.portal.claiming import codes, ending, gift_code, links, mending, status, writing

CLAIM = "claims/<str:key>/"

urlpatterns: list[URLPattern] = [
    path("claims/come-back", links.come_back, name="come_back"),
    path("claims/link/<str:token>", links.claim_link, name="claim_link"),
    path(CLAIM, status.claim, name="claim"),
    path(f"{CLAIM}message", writing.message, name="claim_message"),
    path(f"{CLAIM}more-photos", writing.more_photos, name="claim_more_photos"),
    path(f"{CLAIM}appeal", writing.appeal, name="claim_appeal"),
    path(f"{CLAIM}code/<slug:purpose>", codes.code, name="claim_code"),
    path(f"{CLAIM}gift-code", gift_code.gift_code, name="claim_gift_code"),
    path(f"{CLAIM}mend", mending.mend, name="claim_mend"),
    path(f"{CLAIM}withdraw", ending.withdraw, name="claim_withdraw"),
    path(f"{CLAIM}disposed", ending.disposed, name="claim_disposed"),
    path(f"{CLAIM}no-site", ending.no_site, name="claim_no_site"),
    path(f"{CLAIM}my-data", ending.my_data, name="claim_my_data"),
    path(f"{CLAIM}erase", ending.erase, name="claim_erase"),
]
