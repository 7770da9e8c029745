"""Registers the package with Django."""

from django.apps import AppConfig

from recalldesk.audit.contents import register_content, register_followed


class InquiriesConfig(AppConfig):
    """The `inquiries` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.inquiries"

    def ready(self) -> None:
        """Says what of it the log holds by digest, whose states it follows, and that a rotation of
        keys reaches the attached files."""
        from recalldesk.evidence.enclosures.holder import FilesOfShelf
        from recalldesk.inquiries.attaching import ATTACHMENTS
        from recalldesk.inquiries.held_by_the_log import CONTENTS, FOLLOWED
        from recalldesk.sealing.holders import register_holder

        for content in CONTENTS:
            register_content(content)
        for followed in FOLLOWED:
            register_followed(followed)
        register_holder(FilesOfShelf(ATTACHMENTS, "files attached to answers"))
