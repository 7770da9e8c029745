"""The forms of django-allauth in our words. What is checked stays django-allauth's."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey

EMAIL, PASSWORD, NEW_PASSWORD, AGAIN = (
    "E-mail address",
    "Password",
    "New password",
    "The same password again",
)
HOW_LONG = "At least 12 characters; a few words that belong to no known saying are best."
Words = dict[str, tuple[str, str]]
"""By field: its label, and its hint."""


class _InOurWords:
    """Gives the fields our labels and hints, and takes the grey words out of them."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        fields.pop("remember", None)
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"
            if name in self.words:
                field.label, field.help_text = self.words[name]


class Login(_InOurWords, account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    words: ClassVar[Words] = {"login": (EMAIL, ""), "password": (PASSWORD, "")}


class ResetPassword(_InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link goes."""

    words: ClassVar[Words] = {"email": (EMAIL, "")}


class ResetPasswordKey(_InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a mailed link."""

    words: ClassVar[Words] = {"password1": (NEW_PASSWORD, HOW_LONG), "password2": (AGAIN, "")}


class ChangePassword(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by the old one."""

    words: ClassVar[Words] = {
        "oldpassword": ("The password that you have now", ""),
        "password1": (NEW_PASSWORD, HOW_LONG),
        "password2": (AGAIN, ""),
    }


class SetPassword(_InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, of somebody who has signed in otherwise."""

    words: ClassVar[Words] = {"password1": (NEW_PASSWORD, HOW_LONG), "password2": (AGAIN, "")}


class Reauthenticate(_InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    words: ClassVar[Words] = {"password": (PASSWORD, "")}


CODE = ("Code", "The six digits that your authenticator app shows, or a recovery code.")


class AuthenticateByCode(_InOurWords, factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor at the sign-in."""

    words: ClassVar[Words] = {"code": CODE}


class ReauthenticateByCode(_InOurWords, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more."""

    words: ClassVar[Words] = {"code": CODE}


class ActivateTotp(_InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    words: ClassVar[Words] = {"code": ("Code", "The six digits that the app shows now.")}


class AddPasskey(_InOurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. The device asks for a finger, a face or a PIN each time; always."""

    passwordless = None
    words: ClassVar[Words] = {
        "name": ("Name of the passkey", "So that you know it among others, such as “my laptop”.")
    }
