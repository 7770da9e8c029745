"""The label of the made-up recall: the kettle of `recall new`, and the serials of its list.

Serials run in sequence, as most do: one that is guessed beside another is often on the list.
"""

import random

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.asked import LabelForm, ProductForm

MODEL, PRODUCT = "K20", "k20"
KETTLE = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    shortest=10,
    longest=10,
    folding=(("O", "0"), ("I", "1")),
    look_alikes=("1IL", "2Z", "0ODQ", "5S", "8B", "6G"),
)
FORM = LabelForm((ProductForm((MODEL, "Tidewater Kettle"), KETTLE, "SN"),))
FIRST, MADE, SHARE = 24_000_000, 400_000, 0.3
"""Of so many serials made in sequence, this share is on the list."""


def recalled_serials(draw: random.Random) -> list[str]:
    """The list, in any order."""
    chosen = draw.sample(range(FIRST, FIRST + MADE), int(MADE * SHARE))
    return [f"TW{number}" for number in chosen]


def drawn_code(draw: random.Random) -> str:
    """A code as claims have them."""
    digits = str(draw.randrange(10_000_000, 100_000_000))
    return f"{digits[:4]}-{digits[4:]}"
