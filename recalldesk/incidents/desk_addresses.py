"""To whom at the firm a mail about incidents goes.

Guarantee: there is always somebody, as long as anybody may decide: where no published recall names
an address, those of the desk who decide are written to themselves. What is not published yet is
told to them alone, and not to the desks of other recalls.
"""

from collections.abc import Iterable

from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.recalls.reads import LiveRecall, live_recalls


def addresses_of(recall_id: int | None) -> list[str]:
    """The addresses for a recall; for one that nobody knows, those of all."""
    published = live_recalls()
    answering = [each for each in published if recall_id is None or each.recall_id == recall_id]
    return _of_brands(answering) or _who_decide()


def _of_brands(recalls: Iterable[LiveRecall]) -> list[str]:
    return list(dict.fromkeys(brand.email for each in recalls for brand in each.document.brands))


def _who_decide() -> list[str]:
    return [person.email for person in staff_who_may(Permission.DECIDE_INCIDENT)]
