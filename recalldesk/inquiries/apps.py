"""Registers the package with Django."""

from django.apps import AppConfig

from recalldesk.audit.contents import register_content, register_followed


class InquiriesConfig(AppConfig):
    """The `inquiries` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.inquiries"

    def ready(self) -> None:
        """Says what of it the log holds by digest, and whose states it follows."""
        from recalldesk.inquiries.held_by_the_log import CONTENTS, FOLLOWED

        for content in CONTENTS:
            register_content(content)
        for followed in FOLLOWED:
            register_followed(followed)
