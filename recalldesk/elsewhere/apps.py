"""Django's view of this room."""

from django.apps import AppConfig


class ElsewhereConfig(AppConfig):
    """Recalls of other firms, and earlier ones."""

    name = "recalldesk.elsewhere"
    default_auto_field = "django.db.models.BigAutoField"
