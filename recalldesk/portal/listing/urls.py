"""The addresses of lists."""

from django.urls import URLPattern, path

from recalldesk.portal.listing import listed, result, sending

urlpatterns: list[URLPattern] = [
    path("recalls/<slug:slug>/list", sending.send, name="list"),
    path("recalls/<slug:slug>/<slug:brand>/list", sending.send, name="brand_list"),
    path("claims/<str:key>/list", listed.listed, name="claim_list"),
    path("claims/<str:key>/list/result.<slug:form>", result.result, name="claim_list_result"),
]
