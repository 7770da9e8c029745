"""Registers the package with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The `evidence` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.evidence"

    def ready(self) -> None:
        """A rotation of keys reaches the files of photos."""
        from recalldesk.evidence.holder import FilesOfPhotos
        from recalldesk.sealing.holders import register_holder

        register_holder(FilesOfPhotos())
