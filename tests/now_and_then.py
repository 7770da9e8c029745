"""Which tests the run of each day leaves out, for the thirty minutes that it has.

`make check-all` runs them: each tries once more, at length, what others try each day.
"""

import os

import pytest

now_and_then = pytest.mark.skipif(
    not os.environ.get("RECALLDESK_ALL_PAGES"), reason="it runs with make check-all"
)
