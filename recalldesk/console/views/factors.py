"""Second factors: set up, listed, taken away. What is checked is django-allauth's.

Guarantee: with the first second factor of a person every other session of theirs ends.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth as passkey_auth
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.second_factor import is_given, note_given
from recalldesk.accounts.staff_changes import end_sessions
from recalldesk.console.signing_in.factors import FactorAdapter


def _is_there_now(request: HttpRequest) -> None:
    """Whoever has just set one up has given it."""
    person = request.user
    assert isinstance(person, Staff)
    if not is_given(request.session):
        end_sessions(person)
        update_session_auth_hash(request, person)
        note_given(request.session)


class ActivateTotp(totp.ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The first code was right."""
        response: HttpResponse = super().form_valid(form)
        _is_there_now(self.request)
        return response


class AddPasskey(passkeys.AddWebAuthnView):  # type: ignore[misc]
    """A passkey, which the device keeps and opens with a finger, a face or a PIN alone."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser needs to make one that signs in without a password."""
        values: dict[str, Any] = super().get_context_data(**kwargs)
        options = passkey_auth.begin_registration(self.request.user, passwordless=True)
        return values | {"options": options}

    def form_valid(self, form: Any) -> HttpResponse:
        """The device made one."""
        response: HttpResponse = super().form_valid(form)
        _is_there_now(self.request)
        return response


class RemovePasskey(passkeys.RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey goes, unless it is the last second factor that the role asks for."""

    def get_success_url(self) -> str:
        """Back to the account."""
        return reverse("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Removes it, or says why not."""
        row: Authenticator = self.get_object()
        adapter = FactorAdapter()
        if not adapter.can_delete_authenticator(row):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        return response


activate_totp = ActivateTotp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
deactivate_totp = totp.deactivate_totp
view_codes = codes.view_recovery_codes
generate_codes = codes.generate_recovery_codes
