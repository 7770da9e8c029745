"""Single sign-on: what the firm's own provider says of somebody, and whom we let in for it.

Guarantees: only an address that the provider calls verified counts, and only the address of
somebody who is staff or invited; nobody is made staff by signing in; once a person has signed in,
no other account at the provider ever signs in as them. Of what the provider tells, its number of
the account alone is kept.
"""

from dataclasses import dataclass
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db import transaction
from django.http import HttpRequest

from recalldesk.accounts.invitations import invitation_at, take_invitation
from recalldesk.accounts.models import Staff
from recalldesk.accounts.reads import staff_at
from recalldesk.console.answering import page


@dataclass(frozen=True)
class Claims:
    """What the provider says: whose account it is, and of which address."""

    account: str
    email: str

    @classmethod
    def from_answer(cls, answer: dict[str, Any]) -> "Claims | None":
        """None where it names no verified address, or where its two answers differ."""
        signed, asked = answer.get("id_token") or {}, answer.get("userinfo") or {}
        if asked and signed and asked.get("sub") != signed.get("sub"):
            return None
        said = asked if asked.get("email") else signed
        email, account = said.get("email"), (signed or asked).get("sub")
        if said.get("email_verified") is not True or not email or not account:
            return None
        return cls(str(account), str(email))


class FirmsProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """django-allauth's own; what the provider told is not stored."""

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """What was told, beside the account instead of in it."""
        login = super().complete_login(request, app, token, **kwargs)
        login.claims = Claims.from_answer(login.account.extra_data)
        login.account.extra_data = {}
        return login


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Decides whom the provider's word lets in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: staff are invited."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Ties the account to the member of staff whose address it proves, or shows whom to ask."""
        claims: Claims | None = sociallogin.claims
        if claims is None:
            raise _refused(request, "unverified")
        person = staff_of(claims)
        if sociallogin.state.get("process") != AuthProcess.LOGIN or person is None:
            raise _refused(request, "unknown")
        if sociallogin.is_existing:
            if sociallogin.user.pk != person.pk:
                raise _refused(request, "unknown")
        elif SocialAccount.objects.filter(user=person).exists():
            raise _refused(request, "other")
        else:
            sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        """The provider did not answer, or not as it should; or the person turned back."""
        raise _refused(request, "failed", status=401)

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Nothing: signing in is no news."""


@transaction.atomic
def staff_of(claims: Claims) -> Staff | None:
    """The active member of staff whose address was proved; who was invited takes the invitation."""
    person = staff_at(claims.email)
    if person is not None and person.is_active:
        return person
    invitation = invitation_at(claims.email)
    if invitation is None:
        return None
    return take_invitation(number=invitation.pk, password=None)


def _refused(request: HttpRequest, why: str, *, status: int = 403) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(page(request, "not_let_in.html", {"why": why}, status=status))
