"""What the settings must not be, and what they name in vain, asked before anything is started."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from recalldesk.cli.screen import warn
from recalldesk.evidence.scanners.chosen import chosen_scanner


def refuse_unfit_settings() -> None:
    """Raises SystemCheckError where the configuration must not go on."""
    with StringIO() as unsaid:
        # Not as for a deployment: Django's own advice would drown what must not go on.
        call_command("check", fail_level="ERROR", stdout=unsaid)


def warn_of_scanner() -> None:
    """Says where no scanner answers at its address. Photos wait until it does, so it may start."""
    if not chosen_scanner().answers():
        warn(
            f"No virus scanner answers at {settings.CLAMD} (RECALLDESK_CLAMD): photos wait until "
            "it does."
        )
