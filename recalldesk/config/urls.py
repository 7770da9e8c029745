"""All addresses. Each is public by name here, or names a permission; a test walks them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from recalldesk.api.cpsc_feed import cpsc_feed
from recalldesk.api.docs import docs
from recalldesk.api.mail_webhooks import mail_webhook
from recalldesk.api.remedy_webhooks import remedy_webhook
from recalldesk.api.text_webhooks import text_webhook
from recalldesk.api.views import api
from recalldesk.config.health import healthz, readyz
from recalldesk.metrics.page import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/docs", docs, name="api-docs"),
    path("api/v1/", api.urls),
    path("recalls.cpsc.json", cpsc_feed, name="cpsc_feed"),
    path("webhooks/mail/<slug:provider>/", mail_webhook, name="mail_webhook"),
    path("webhooks/sms/", text_webhook, name="text_webhook"),
    path("webhooks/remedies/<slug:provider>/", remedy_webhook, name="remedy_webhook"),
    path("desk/", include("recalldesk.console.account_urls")),
    path("desk/", include("recalldesk.console.urls")),
    path("", include("recalldesk.portal.root_urls")),
    *i18n_patterns(path("", include("recalldesk.portal.urls"))),
]

handler400 = "recalldesk.config.errors.bad_request"
handler403 = "recalldesk.config.errors.denied"
handler404 = "recalldesk.config.errors.not_found"
handler500 = "recalldesk.config.errors.server_error"
handler429 = "recalldesk.console.views.errors.too_often"
