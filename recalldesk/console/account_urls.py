"""Signing in and the person's own account: the addresses under the names that django-allauth knows.

Guarantee: of django-allauth's pages only those that stand here exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as passkeys
from django.urls import register_converter
from django.urls.converters import StringConverter

from recalldesk.console.access import Door, desk_path
from recalldesk.console.views import factors, sign_in, single_sign_on


class Number36(StringConverter):
    """A number in digits and letters, up to the first dash."""

    regex = "[0-9A-Za-z]+"


register_converter(Number36, "number36")

_IN = (
    desk_path("sign-in/", sign_in.sign_in, name="account_login", permission=Door.PUBLIC),
    desk_path(
        "sign-in/code/", factor.authenticate, name="mfa_authenticate", permission=Door.PUBLIC
    ),
    desk_path(
        "sign-in/passkey/",
        passkeys.login_webauthn,
        name="mfa_login_webauthn",
        permission=Door.PUBLIC,
    ),
    desk_path("sign-out/", account.logout, name="account_logout", permission=Door.PUBLIC),
    desk_path("left/", account.account_inactive, name="account_inactive", permission=Door.PUBLIC),
)
_PROVIDER = (
    desk_path(
        "sign-in/with/<slug:provider_id>/",
        single_sign_on.to_provider,
        name="openid_connect_login",
        permission=Door.PUBLIC,
    ),
    desk_path(
        "sign-in/with/<slug:provider_id>/back/",
        single_sign_on.from_provider,
        name="openid_connect_callback",
        permission=Door.PUBLIC,
    ),
)
_FORGOTTEN = (
    desk_path(
        "password/forgotten/",
        account.password_reset,
        name="account_reset_password",
        permission=Door.PUBLIC,
    ),
    desk_path(
        "password/forgotten/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
        permission=Door.PUBLIC,
    ),
    desk_path(
        "password/new/<number36:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
        permission=Door.PUBLIC,
    ),
    desk_path(
        "password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
        permission=Door.PUBLIC,
    ),
)
_AGAIN = (
    desk_path(
        "again/password/",
        account.reauthenticate,
        name="account_reauthenticate",
        permission=Door.SET_UP,
    ),
    desk_path(
        "again/code/", factor.reauthenticate, name="mfa_reauthenticate", permission=Door.STAFF
    ),
    desk_path(
        "again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
        permission=Door.STAFF,
    ),
)
_OWN = (
    desk_path("account/", factor.index, name="mfa_index", permission=Door.STAFF),
    desk_path(
        "account/password/",
        account.password_change,
        name="account_change_password",
        permission=Door.STAFF,
    ),
    desk_path(
        "account/password/first/",
        account.password_set,
        name="account_set_password",
        permission=Door.STAFF,
    ),
    desk_path(
        "account/app/", factors.activate_totp, name="mfa_activate_totp", permission=Door.SET_UP
    ),
    desk_path(
        "account/app/remove/",
        factors.deactivate_totp,
        name="mfa_deactivate_totp",
        permission=Door.STAFF,
    ),
    desk_path(
        "account/passkeys/add/",
        factors.add_passkey,
        name="mfa_add_webauthn",
        permission=Door.SET_UP,
    ),
    desk_path(
        "account/passkeys/<int:pk>/remove/",
        factors.remove_passkey,
        name="mfa_remove_webauthn",
        permission=Door.STAFF,
    ),
    desk_path(
        "account/codes/", factors.view_codes, name="mfa_view_recovery_codes", permission=Door.STAFF
    ),
    desk_path(
        "account/codes/new/",
        factors.generate_codes,
        name="mfa_generate_recovery_codes",
        permission=Door.STAFF,
    ),
)

urlpatterns = [*_IN, *_PROVIDER, *_FORGOTTEN, *_AGAIN, *_OWN]
