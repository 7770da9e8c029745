"""Registers the package with Django."""

from django.apps import AppConfig

from recalldesk.audit.contents import register_content, register_followed


class ClaimsConfig(AppConfig):
    """The `claims` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.claims"

    def ready(self) -> None:
        """Says what the log holds by digest, whose states it follows, and how it is erased."""
        from recalldesk.claims.erasing_by_term import register
        from recalldesk.claims.held_by_the_log import CONTENTS, FOLLOWED
        from recalldesk.claims.kept import register_reaches

        for content in CONTENTS:
            register_content(content)
        for followed in FOLLOWED:
            register_followed(followed)
        register()
        register_reaches()
