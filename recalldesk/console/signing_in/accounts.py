"""What django-allauth asks about accounts: whom it may sign in, for how long, and from where.

Guarantees: nobody signs up; a session ends twelve hours after signing in, whatever happens in it;
whoever has signed in is led nowhere but to the desk; a client is counted by the address that only
trusted proxies can name.
"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from recalldesk.accounts.models import Staff
from recalldesk.accounts.second_factor import has_second_factor, note_given
from recalldesk.foundation import clock

SECOND_FACTORS = ("mfa",)
"""The ways of signing in, as django-allauth notes them, that count as a second factor."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """django-allauth's own, narrowed."""

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

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Notes what was given, and when the session ends."""
        request.session.set_expiry(clock.now() + settings.SESSION_LASTS)
        records = get_authentication_records(request, user)
        if any(record["method"] in SECOND_FACTORS for record in records):
            note_given(request.session)
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Whether one must prove anew who one is. Who has just signed in, for the first time, and
        sets up the first second factor has done so."""
        person = self.request.user
        if isinstance(person, Staff) and not has_second_factor(person):
            return not self._signed_in_just_now(person)
        return True

    def _signed_in_just_now(self, person: Staff) -> bool:
        records = get_authentication_records(self.request, person)
        latest = max((record["at"] for record in records), default=0.0)
        return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
