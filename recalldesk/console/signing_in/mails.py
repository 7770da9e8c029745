"""The words of mails that django-allauth has sent to staff about their accounts."""

from dataclasses import dataclass

from recalldesk.mailing.letter import Letter
from recalldesk.mailing.to_staff import SIGNED

NOT_YOU = (
    "This was not you? Then tell an administrator of the desk at once: they can sign you out "
    "everywhere."
)


@dataclass(frozen=True)
class News:
    """One kind of mail: its subject and what happened."""

    subject: str
    happened: str


NEWS = {
    "account/email/password_changed": News(
        "Your password was changed", "Your password for the recall desk was changed."
    ),
    "account/email/password_set": News(
        "A password was set", "A password was set for your account at the recall desk."
    ),
    "account/email/password_reset": News(
        "Your password was reset", "Your password for the recall desk was reset by a mailed link."
    ),
    "mfa/email/totp_activated": News(
        "An authenticator app was set up",
        "An authenticator app is your second factor at the recall desk from now on.",
    ),
    "mfa/email/totp_deactivated": News(
        "Your authenticator app was removed",
        "Your authenticator app is no second factor at the recall desk any more.",
    ),
    "mfa/email/recovery_codes_generated": News(
        "New recovery codes",
        "New recovery codes were made for your account at the recall desk; the old ones do not "
        "work any more.",
    ),
    "mfa/email/webauthn_added": News(
        "A passkey was added", "A passkey was added to your account at the recall desk."
    ),
    "mfa/email/webauthn_removed": News(
        "A passkey was removed", "A passkey was removed from your account at the recall desk."
    ),
}
RESET = "account/email/password_reset_key"
"""Asked for by whoever typed the address."""


def letter_for(kind: str, context: dict[str, object]) -> Letter | None:
    """The mail of this kind, as django-allauth names it; None where we send none of it."""
    if kind == RESET:
        return Letter(
            subject="A new password for the recall desk",
            language="en",
            signed=SIGNED,
            paragraphs=(
                "Somebody, we hope you, asked for a new password for the recall desk. The link "
                "works once, for an hour; your second factor is asked for as always.",
            ),
            button=("Choose a new password", str(context["password_reset_url"])),
            closing=("You did not ask for it? Then do nothing: your password stays.",),
        )
    news = NEWS.get(kind)
    if news is None:
        return None
    return Letter(
        subject=news.subject,
        language="en",
        signed=SIGNED,
        paragraphs=(news.happened,),
        closing=(NOT_YOU,),
    )
