"""Registers the package with Django, for its jobs."""

from django.apps import AppConfig


class OperatingConfig(AppConfig):
    """The `operating` package."""

    name = "recalldesk.operating"
