"""Signing in and the person's own account: the addresses under the names that django-allauth knows.

Guarantee: of django-allauth's pages only those that stand here exist.
"""

from allauth.account import views as account

from recalldesk.console.access import Door, desk_path

urlpatterns = [
    desk_path("sign-in/", account.login, name="account_login", permission=Door.PUBLIC),
    desk_path("sign-out/", account.logout, name="account_logout", permission=Door.PUBLIC),
]
