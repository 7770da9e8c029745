"""The limits of the process that decodes: set before it reads its first byte.

Guarantee: whatever a file makes a decoder do, it cannot take more memory or processor time than
this, write a file or open one.
"""

from recalldesk.foundation.apart import bound_process

ADDRESS_SPACE = 1024 * 1024 * 1024
"""Bytes. A photo of 40 megapixels needs about half of it (docs/photos.md)."""
CPU_SECONDS = 20
OPEN_FILES = 3
"""Standard input, output and error."""


def bound() -> None:
    """Bounds this process; what is bound cannot be loosened."""
    bound_process(address_space=ADDRESS_SPACE, cpu_seconds=CPU_SECONDS, open_files=OPEN_FILES)
