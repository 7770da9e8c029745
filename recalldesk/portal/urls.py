"""The owners' pages; the language stands before each path."""

from django.urls import path

from recalldesk.portal.claiming import filling_urls, following_urls
from recalldesk.portal.listing import urls as listing_urls
from recalldesk.portal.partner import urls as partner_urls
from recalldesk.portal.reporting import report, told
from recalldesk.portal.told import urls as told_urls
from recalldesk.portal.views import (
    checks,
    danger,
    demo_mail,
    disposal,
    embedded,
    notices,
    papers,
    people,
    photo_looks,
    preview_frames,
    previews,
    recalls,
    shops,
)

app_name = "portal"

RECALL = "recalls/<slug:slug>/"
BRAND = f"{RECALL}<slug:brand>/"
PREVIEW = "previews/<str:token>/"
LOOK = "check/photo/<str:name>"

urlpatterns = [
    path("", recalls.home, name="home"),
    path("search", recalls.search, name="search"),
    path("check", checks.check_answer, name="check_any"),
    path("check/photo", photo_looks.photo, name="check_photo"),
    path(LOOK, photo_looks.answer, name="check_photo_answer"),
    path(f"{LOOK}/text", photo_looks.text, name="check_photo_text"),
    path(f"{LOOK}/waits", photo_looks.waits, name="check_photo_waits"),
    path("danger", danger.danger, name="danger_any"),
    path("danger/tell", danger.tell, name="danger_tell"),
    path("incident", report.report, name="incident_any"),
    path("incident/told", told.told, name="incident_told"),
    path("tell-me", people.tell_me, name="tell_me"),
    path("demo/mail", demo_mail.demo_mail, name="demo_mail"),
    path("recalls.atom", notices.feed, name="feed"),
    path(RECALL, recalls.recall, name="recall"),
    path(f"{RECALL}versions/<int:number>/", notices.version, name="recall_version"),
    path(f"{RECALL}poster-<slug:paper>.pdf", papers.poster, name="poster"),
    path(f"{RECALL}press-release.pdf", papers.press_release, name="press_release"),
    path(f"{RECALL}shops", shops.shops, name="shops"),
    path("embed/<slug:slug>/banner", embedded.banner, name="embedded_banner"),
    path("embed/<slug:slug>/check", embedded.check, name="embedded_check"),
    path(f"{RECALL}check", checks.check, name="check"),
    path(f"{RECALL}unreadable", people.unreadable, name="unreadable"),
    path(f"{RECALL}danger", danger.danger, name="danger"),
    path(f"{RECALL}disposal", disposal.disposal, name="disposal"),
    path(f"{RECALL}disposal/turned-away", disposal.turned_away, name="turned_away"),
    path(f"{RECALL}incident", report.report, name="incident"),
    path(f"{BRAND}poster-<slug:paper>.pdf", papers.poster, name="brand_poster"),
    path(f"{BRAND}press-release.pdf", papers.press_release, name="brand_press_release"),
    path(f"{BRAND}check", checks.check, name="brand_check"),
    path(f"{BRAND}unreadable", people.unreadable, name="brand_unreadable"),
    path(f"{BRAND}danger", danger.danger, name="brand_danger"),
    path(f"{BRAND}disposal", disposal.disposal, name="brand_disposal"),
    path(f"{BRAND}disposal/turned-away", disposal.turned_away, name="brand_turned_away"),
    path(f"{BRAND}incident", report.report, name="brand_incident"),
    path(PREVIEW, previews.preview, name="preview"),
    path(f"{PREVIEW}<slug:kind>-on-<slug:size>.pdf", previews.paper, name="preview_paper"),
    path(
        f"{PREVIEW}<slug:brand>/<slug:kind>-on-<slug:size>.pdf",
        previews.paper,
        name="preview_brand_paper",
    ),
    path(f"{PREVIEW}banner", preview_frames.banner, name="preview_banner"),
    path(f"{PREVIEW}check", preview_frames.check, name="preview_check"),
    path(f"{PREVIEW}<str:digest>.jpg", previews.picture, name="preview_picture"),
    path(f"{PREVIEW}<slug:brand>.css", previews.theme, name="preview_theme"),
    path(f"{PREVIEW}<slug:brand>.svg", previews.logo, name="preview_logo"),
    *listing_urls.urlpatterns,
    *filling_urls.urlpatterns,
    *following_urls.urlpatterns,
    *told_urls.urlpatterns,
    *partner_urls.urlpatterns,
    path("claims/<str:key>/incident", report.claim_report, name="claim_incident"),
]
