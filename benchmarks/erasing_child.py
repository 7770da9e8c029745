"""A night of erasing in a process of its own: what is due goes, as the worker's job does it."""

import django

django.setup()

from benchmarks.child import Measured
from recalldesk.keeping.daily import erase_due

if __name__ == "__main__":
    measured = Measured()
    measured.tell(erased=erase_due())
