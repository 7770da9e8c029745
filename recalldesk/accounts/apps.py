"""Registers the package with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The `accounts` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.accounts"

    def ready(self) -> None:
        """Tells rotation of the secrets that stand in another package's rows."""
        from recalldesk.accounts.factor_secrets import FactorSecrets
        from recalldesk.sealing.holders import register_holder

        register_holder(FactorSecrets())
