"""Registers the package with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The `accounts` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.accounts"
