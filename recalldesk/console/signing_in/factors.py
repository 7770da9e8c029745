"""What django-allauth asks about second factors: how secrets are kept, what may be removed."""

from io import BytesIO

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser

from recalldesk.accounts import factor_secrets
from recalldesk.accounts.models import Staff
from recalldesk.accounts.second_factor import FACTORS, must_give
from recalldesk.console.signing_in.accounts import WORDS

ISSUER = "Recall desk"
WHITE, BLACK = "#fff", "#000"
"""Of a code that cameras read, whatever the page around it looks like."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """django-allauth's own, with secrets sealed."""

    error_messages = (
        DefaultMFAAdapter.error_messages
        | WORDS
        | {
            "cannot_delete_authenticator": "Your role needs a second factor: add another first.",
        }
    )

    def encrypt(self, text: str) -> str:
        """The secret, to be stored."""
        return factor_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return factor_secrets.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows beside the person's address."""
        return ISSUER

    def build_totp_svg(self, url: str) -> str:
        """The picture that an authenticator app reads."""
        kept = BytesIO()
        drawn = segno.make_qr(url, error="m")
        drawn.save(
            kept, kind="svg", border=4, dark=BLACK, light=WHITE, xmldecl=False, omitsize=True
        )
        return kept.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role asks for it."""
        person = Staff.objects.get(pk=authenticator.user_id)
        others = Authenticator.objects.filter(user=person, type__in=FACTORS)
        return not must_give(person) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a passkey is called until the person calls it otherwise."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"
