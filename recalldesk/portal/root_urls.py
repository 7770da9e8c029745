"""What stands outside the languages: the choice of one, and the brands' stylesheets and logos."""

from django.urls import path

from recalldesk.portal.views import recalls, themes

app_name = "portal_root"

urlpatterns = [
    path("", recalls.choose_language, name="choose_language"),
    path("theme/<str:digest>/<slug:slug>/<slug:brand>.css", themes.theme, name="theme"),
    path("theme/<str:digest>/<slug:slug>/<slug:brand>.svg", themes.logo, name="logo"),
]
