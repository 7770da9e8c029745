"""The limits of the process that decodes: set before it reads its first byte.

Guarantee: whatever a file makes a decoder do, it cannot take more memory or processor time than
this, write a file or open one.
"""

import resource
import sys
from contextlib import suppress

ADDRESS_SPACE = 1024 * 1024 * 1024
"""Bytes. A photo of 40 megapixels needs about half of it (docs/photos.md)."""
CPU_SECONDS = 20
OPEN_FILES = 3
"""Standard input, output and error."""


def bound() -> None:
    """Bounds this process; what is bound cannot be loosened."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (value, value))
    # At the first of the two the process ends by a signal that says why.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    # macOS does not hold a process to an address space, and may refuse to be asked.
    refusals = (ValueError, OSError) if sys.platform == "darwin" else ()
    with suppress(*refusals):
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
