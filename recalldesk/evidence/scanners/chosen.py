"""The scanner that the settings name."""

from django.conf import settings

from recalldesk.evidence.scanners.addresses import NONE, scanner_address
from recalldesk.evidence.scanners.clamd import Clamd
from recalldesk.evidence.scanners.interface import Scanner
from recalldesk.evidence.scanners.nothing import NoScanner


def chosen_scanner() -> Scanner:
    """clamd, or none. Raises ScannerAddressUnreadable.

    Production names one of them (config/checks.py); a demo need not.
    """
    address = scanner_address(settings.CLAMD or NONE)
    return NoScanner() if address is None else Clamd(address)
