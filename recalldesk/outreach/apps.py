"""Registers the package with Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The `outreach` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.outreach"

    def ready(self) -> None:
        """Says what is erased by its term, how purchasers are found, what stays of claims."""
        from recalldesk.outreach.answering.of_erased import keep_answered
        from recalldesk.outreach.erasing import register
        from recalldesk.purchasers.people.untying import register_untied

        register()
        register_untied(keep_answered)
