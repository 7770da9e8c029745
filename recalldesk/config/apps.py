"""Registers the wiring itself, so that its system checks run."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class WiringConfig(AppConfig):
    """The `config` package."""

    name = "recalldesk.config"
    label = "wiring"

    def ready(self) -> None:
        """Sets up the log, registers the system checks, and what follows each migration."""
        from recalldesk.config import checks, logs, triggers  # noqa: F401 - checks register themselves

        logs.configure()
        # Django asks every package with models; once is enough, after pgtrigger's own step.
        post_migrate.connect(triggers.keep_them_on, sender=apps.get_app_config("pgtrigger"))
