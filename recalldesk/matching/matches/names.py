"""Title rules of what a product is called.

Guarantee: a product that the recall lists without numbers, or with numbers of other shops, is
looked for all the same. What is found so is always weak.
"""

from collections.abc import Iterable

from recalldesk.matching.matches.forms import TITLE, title_form
from recalldesk.matching.orders import Identifier


def title_rules(product: str, names: Iterable[str]) -> tuple[Identifier, ...]:
    """A rule of any channel for each name (and the model); those of one form are one."""
    by_form = {form: name for name in names if (form := title_form(name))}
    return tuple(Identifier(product, TITLE, name) for name in by_form.values())
