"""What stands outside the languages: the choice of one, the brands' stylesheets and logos, pictures
of products, and what bar codes lead to."""

from django.urls import path

from recalldesk.portal.views import digital_links, pictures, recalls, themes

app_name = "portal_root"

urlpatterns = [
    path("", recalls.choose_language, name="choose_language"),
    path("theme/<str:digest>/<slug:slug>/<slug:brand>.css", themes.theme, name="theme"),
    path("theme/<str:digest>/<slug:slug>/<slug:brand>.svg", themes.logo, name="logo"),
    path("pictures/<str:digest>.jpg", pictures.picture, name="picture"),
    path("01/<str:gtin>", digital_links.digital_link, name="digital_link"),
    path("01/<str:gtin>/21/<path:serial>", digital_links.digital_link, name="digital_link_serial"),
]
