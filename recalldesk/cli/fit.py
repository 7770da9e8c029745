"""What the settings must not be, asked before anything is started."""

from io import StringIO

from django.core.management import call_command


def refuse_unfit_settings() -> None:
    """Raises SystemCheckError where the configuration must not go on."""
    with StringIO() as unsaid:
        # Not as for a deployment: Django's own advice would drown what must not go on.
        call_command("check", fail_level="ERROR", stdout=unsaid)
