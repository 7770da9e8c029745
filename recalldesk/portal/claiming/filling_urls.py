"""The addresses at which a claim is begun and filled in."""

from django.urls import URLPattern, path

from recalldesk.portal.claiming import (
    beginning,
    contact,
    details,
    keeping,
    label,
    photos,
    photos_state,
    remedy,
    sending,
    unit,
)

CLAIM = "claims/<str:key>/"

urlpatterns: list[URLPattern] = [
    path("recalls/<slug:slug>/claim", beginning.begin, name="begin"),
    path("recalls/<slug:slug>/<slug:brand>/claim", beginning.begin, name="brand_begin"),
    path("recalls/<slug:slug>/privacy", beginning.privacy, name="privacy"),
    path(f"{CLAIM}unit", unit.unit, name="claim_unit"),
    path(f"{CLAIM}label", label.label, name="claim_label"),
    path(f"{CLAIM}photos", photos.photos, name="claim_photos"),
    path(f"{CLAIM}photos/state", photos_state.photos_state, name="claim_photos_state"),
    path(f"{CLAIM}photos/<int:photo_id>", photos.picture, name="claim_picture"),
    path(f"{CLAIM}photos/<int:position>/<str:kind>", photos.receive, name="claim_upload"),
    path(f"{CLAIM}you", contact.you, name="claim_you"),
    path(f"{CLAIM}remedy", remedy.remedy, name="claim_remedy"),
    path(f"{CLAIM}details", details.details, name="claim_details"),
    path(f"{CLAIM}send", sending.send, name="claim_send"),
    path(f"{CLAIM}keep", keeping.keep, name="claim_keep"),
]
