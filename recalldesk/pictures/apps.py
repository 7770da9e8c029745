"""Registers the package with Django."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The `pictures` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.pictures"
