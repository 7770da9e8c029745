"""What django-allauth asks about accounts: whom it may sign in, for how long, and from where.

Guarantees: nobody signs up; a session ends twelve hours after signing in, whatever happens in it;
whoever has signed in is led nowhere but to the desk; a client is counted by the address that only
trusted proxies can name.
"""

import time
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from recalldesk.accounts.models import Staff
from recalldesk.accounts.second_factor import note_given
from recalldesk.checks.clients import Clients, networks
from recalldesk.console.signing_in.mails import letter_for
from recalldesk.foundation import clock
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import write_to_staff

WORDS = {
    "email_password_mismatch": "The address or the password is not right.",
    "incorrect_password": "The password is not right.",
    "enter_current_password": "This is not the password that you have now.",
    "incorrect_code": "This code is not right, or was used before.",
    "too_many_login_attempts": "Too many tries. Wait five minutes, and try again.",
    "rate_limited": "Too many tries. Wait a minute, and try again.",
    "invalid_password_reset": "This link does not open anything any more.",
}
SECOND_FACTOR_STAGE = "allauth.mfa.stages.AuthenticateStage"
NOTES = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "account/messages/password_set.txt": "Your password is set.",
    "mfa/messages/totp_activated.txt": "The authenticator app is your second factor from now on.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "The passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """django-allauth's own, narrowed."""

    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: staff are invited."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be led there after signing in: a path of the desk."""
        return (
            url is not None
            and url.startswith(settings.DESK_PATH)
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """By what one client's tries are counted together."""
        return str(_clients(settings.ENVIRONMENT.trusted_proxies).of(request.META).narrow)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Notes what was given, and when the session ends."""
        request.session.set_expiry(clock.now() + settings.SESSION_LASTS)
        records = get_authentication_records(request, user)
        if any(_is_second_factor(record) for record in records):
            note_given(request.session)
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def get_login_stages(self) -> list[str]:
        """What is asked after the first proof: no code where the provider has asked for one."""
        stages: list[str] = super().get_login_stages()
        # Of whoever signs in just now: the records of another person are dropped before.
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        if any(map(_is_second_factor, records)):
            return [stage for stage in stages if stage != SECOND_FACTOR_STAGE]
        return stages

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Whether one must prove anew who one is: five minutes after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        return time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the person's password; tries are counted as at the sign-in."""
        assert isinstance(user, Staff)
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the mail in our words, for a job to send."""
        letter = letter_for(template_prefix, context)
        if letter is not None:
            write_to_staff(to=email, letter=letter, purpose=Purpose.STAFF_ACCOUNT)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells somebody what was changed about their account."""
        assert isinstance(user, Staff)
        self.send_mail(template_prefix, user.email, {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """A note on the next page, where there is something to say."""
        said = message or NOTES.get(message_template or "")
        if said:
            messages.add_message(request, level, said)


@lru_cache(maxsize=1)
def _clients(trusted: str) -> Clients:
    return Clients(networks(trusted))


def _is_second_factor(record: dict[str, Any]) -> bool:
    """Whether a way of signing in, as django-allauth notes it, counts as a second factor."""
    if record["method"] == "mfa":
        return True
    return record["method"] == "socialaccount" and bool(settings.OIDC_PROVES_SECOND_FACTOR)
