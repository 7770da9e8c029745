"""By what the lines of a file are judged, as a digest that two imports can be compared by."""

import hashlib
import json

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.layout import Layout
from recalldesk.units.ranges_form import Counting


def reading_digest(
    layout: Layout, form: SerialForm, counting: Counting, sheet: str | None = None
) -> str:
    """Equal for two imports only if they judge any line alike."""
    judged_by = [
        (layout.delimiter, layout.width, layout.places, layout.heading_lines, layout.strangers),
        (form.alphabet, form.shortest, form.longest, sorted(form.folding)),
        [["".join(sorted(place)) for place in shape] for shape in form.shapes],
        counting.value,
    ]
    if sheet is not None:
        judged_by.append(sheet)
    return hashlib.sha256(json.dumps(judged_by).encode()).hexdigest()
