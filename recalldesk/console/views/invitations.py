"""Taking an invitation: the mailed link, then how one signs in.

Guarantees: looking at a link opens nothing, so that a mail program which looks ahead does no harm;
its token leaves the address bar at once and goes to no other page; of a token that opens nothing
the page says no more than that.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.errors import StaffNotAccepted, StaffProblem
from recalldesk.accounts.invitations import invitation_numbered, invitation_of, take_invitation
from recalldesk.accounts.models import Invitation, Staff
from recalldesk.accounts.permissions import Role
from recalldesk.console.access import redirect_to
from recalldesk.console.answering import page
from recalldesk.console.views.joining_forms import JoinForm
from recalldesk.foundation import clock

TAKEN_UP = "invitation"
"""Where the session holds which invitation this browser opened."""


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link; its button begins."""
    row = invitation_of(token)
    if row is None:
        response = _opens_nothing(request)
    elif request.method == "POST":
        logout(request)
        request.session[TAKEN_UP] = row.pk
        request.session.set_expiry(3600)
        response = redirect_to("console:join")
    else:
        response = page(request, "invitation.html", _words(row))
    # Not "no-referrer": browsers then hide where the form stood, and it would be refused.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _opens_nothing(request: HttpRequest) -> HttpResponse:
    return page(request, "invitation.html", {}, status=404)


def _words(row: Invitation) -> dict[str, object]:
    return {"invitation": row, "role": Role(row.role).label.lower()}


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """How the person signs in from now on: a password, or a passkey instead."""
    row = invitation_numbered(request.session.get(TAKEN_UP, 0))
    if row is None:
        return _opens_nothing(request)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        by_passkey = "passkey" in request.POST
        if by_passkey or form.is_valid():
            try:
                password = None if by_passkey else form.cleaned_data["password"]
                return _joined(request, take_invitation(number=row.pk, password=password))
            except StaffNotAccepted as problem:
                form.add_error("password", problem.message)
            except StaffProblem:
                return _opens_nothing(request)
    status = 422 if form.errors else 200
    return page(request, "join.html", {"form": form, **_words(row)}, status=status)


def _joined(request: HttpRequest, person: Staff) -> HttpResponse:
    """Signs them in, and on to their second factor."""
    request.session.flush()
    get_adapter(request).login(request, person)
    request.session.set_expiry(clock.now() + settings.SESSION_LASTS)
    record_authentication(request, person, method="invitation")
    if not person.has_usable_password():
        return HttpResponseRedirect(reverse("mfa_add_webauthn"), status=303)
    reauthenticate_by_password(request)
    return redirect_to("console:second_factor")
