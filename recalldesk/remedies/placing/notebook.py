"""What a provider writes down while it is at an order, committed line by line.

Guarantee: an attempt's row stands before the provider is asked; what it names the order is kept
before the next step.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.foundation import clock
from recalldesk.remedies.models import Attempt, Order
from recalldesk.remedies.states import Outcome, Verb
from recalldesk.sealing.fields_of_rows import opened, sealed

LONGEST = 20_000
"""Characters kept of what was sent or answered."""


@dataclass
class OrderNotebook:
    """The notebook of one attempt."""

    order: Order
    attempt: Attempt

    def remember(self, reference: str) -> None:
        """Keeps the provider's name of the order."""
        self.order.reference = reference
        self.order.save(update_fields=["reference"])

    def sent(self, text: str) -> None:
        """Adds what was sent."""
        self._add("sealed_sent", text)

    def answered(self, text: str) -> None:
        """Adds what came back."""
        self._add("sealed_answered", text)

    def close(self, outcome: Outcome, problem: str = "") -> None:
        """Says what came of it."""
        self.attempt.outcome, self.attempt.problem = outcome, problem[:60]
        self.attempt.ended_at = clock.now()
        self.attempt.save(update_fields=["outcome", "problem", "ended_at"])

    def _add(self, field: str, text: str) -> None:
        before = opened(self.attempt, field)
        whole = f"{before}\n{text}" if before else text
        value = sealed(Attempt, field, whole[:LONGEST], recall_id=self.order.recall_id)
        setattr(self.attempt, field, value)
        self.attempt.save(update_fields=[field])


@transaction.atomic
def open_notebook(order: Order, verb: Verb) -> OrderNotebook:
    """Begins an attempt. The caller has the order for itself."""
    number = order.attempts.count() + 1
    attempt = Attempt.objects.create(order=order, number=number, verb=verb)
    return OrderNotebook(order=order, attempt=attempt)
