"""The sign-in page. What is checked is django-allauth's."""

from allauth.account import views as account
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from recalldesk.foundation.page_policy import PAGE_THAT_SENDS


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Address and password, a passkey, or the firm's provider; of whoever was signed out and sent a
    form, it is said that the form was not taken."""
    view = account.LoginView.as_view(extra_context={"is_unsent": "unsent" in request.GET})
    response: HttpResponseBase = view(request)
    # Its script asks this server what to have the passkey sign.
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response
