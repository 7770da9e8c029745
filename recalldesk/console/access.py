"""Who may open which address of the desk: said where the address is made, asked in one place.

Guarantees: an address of the desk exists only with a permission or a `Door` beside it; before its
view runs, the person is signed in, has given the second factor that their role asks for, and holds
the permission. What the desk answers is in English.
"""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import override

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.second_factor import has_second_factor, is_given, must_give
from recalldesk.console.answering import page

LANGUAGE = "en"


class Door(Enum):
    """Who may open an address that needs no permission."""

    PUBLIC = "whoever comes"
    STAFF = "staff of any role"
    SET_UP = "staff who have no second factor yet, and staff of any role"


Needs = Permission | Door


class DeskRequest(HttpRequest):
    """A request as the views of the desk get it: `user` is the member of staff who asks."""

    user: Staff


View = Callable[..., HttpResponseBase]


def desk_path(route: str, view: View, *, name: str, permission: Needs) -> URLPattern:
    """An address of the desk, the guard before its view. The only way to make one.

    A view behind a permission, or a door for staff, takes a `DeskRequest`.
    """
    return path(route, _guarded(view, permission), name=name)


def needs_of(view: View) -> Needs | None:
    """What an address needs, by its view; None where it is none of the desk's."""
    needs: Needs | None = getattr(view, "desk_needs", None)
    return needs


def _guarded(view: View, needs: Needs) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with override(LANGUAGE):
            response = _stopped(request, needs) or view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response

    answer.desk_needs = needs  # type: ignore[attr-defined]
    return answer


def _stopped(request: HttpRequest, needs: Needs) -> HttpResponse | None:
    """The answer in the view's place, where the view must not run."""
    if needs is Door.PUBLIC:
        return None
    person = request.user
    if not isinstance(person, Staff):
        return _to_sign_in(request)
    if must_give(person) and not is_given(request.session):
        # Whoever has one gives it; only whoever has none may set one up with a password alone.
        if has_second_factor(person):
            logout(request)
            return _to_sign_in(request)
        return None if needs is Door.SET_UP else redirect_to("console:second_factor")
    if isinstance(needs, Permission):
        return _refused(request, person, needs)
    return None


def _refused(request: HttpRequest, person: Staff, permission: Permission) -> HttpResponse | None:
    try:
        require(person, permission)
    except NotPermitted as problem:
        return page(request, "denied.html", {"problem": problem}, status=403)
    return None


def redirect_to(name: str) -> HttpResponseRedirect:
    """To another page of the desk, which is asked for by GET."""
    return HttpResponseRedirect(reverse(name), status=303)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page, and from there back to where the person wanted to go, or to the
    page whose form was sent: the form itself was not taken, and the page says so."""
    if request.method in ("GET", "HEAD"):
        asked = {"next": request.get_full_path()}
    else:
        asked = {"unsent": "1"} | _page_of_the_form(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(asked)}", status=303)


def _page_of_the_form(request: HttpRequest) -> dict[str, str]:
    """The page of the desk from which a form was sent, where the browser tells it."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or not came.path.startswith(reverse("console:start")):
        return {}
    return {"next": came._replace(scheme="", netloc="", fragment="").geturl()}
