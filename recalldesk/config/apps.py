"""Registers the wiring itself, so that its system checks run."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The `config` package."""

    name = "recalldesk.config"
    label = "wiring"

    def ready(self) -> None:
        """Sets up the log and registers the system checks."""
        from recalldesk.config import checks, logs  # noqa: F401 - checks register themselves

        logs.configure()
