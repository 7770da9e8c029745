"""Registers the wiring itself, so that its system checks run."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The `config` package."""

    name = "recalldesk.config"
    label = "wiring"

    def ready(self) -> None:
        """Registers the system checks."""
        from recalldesk.config import checks  # noqa: F401 - registers them
