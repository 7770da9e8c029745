"""The way to the firm's own provider, and back from it."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from recalldesk.console.answering import page
from recalldesk.console.signing_in.provider import FirmsProvider


@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """A page that leads on to the provider. Browsers let no form of ours lead elsewhere itself."""
    try:
        answer = OAuth2LoginView.adapter_view(FirmsProvider(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except RequestException:
        return page(request, "not_let_in.html", {"why": "failed"}, status=503)
    if answer.status_code != 302:
        return HttpResponse(answer.content, status=answer.status_code)
    return page(request, "to_provider.html", {"address": answer["Location"]})


@require_safe
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The provider sent somebody back, with a code that we exchange for what it knows of them."""
    try:
        answer: HttpResponseBase = OAuth2CallbackView.adapter_view(
            FirmsProvider(request, provider_id)
        )(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
