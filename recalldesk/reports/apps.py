"""Registers the package with Django."""

from django.apps import AppConfig

from recalldesk.audit.contents import register_content


class ReportsConfig(AppConfig):
    """The `reports` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.reports"

    def ready(self) -> None:
        """Says what of it the log holds by digest."""
        from recalldesk.reports.held_by_the_log import CONTENTS

        for content in CONTENTS:
            register_content(content)
