"""What a provider writes down while it is at an order.

Guarantees: an attempt's row stands before the provider is asked, and what it names the order is
kept before the next step. Of providers that are asked from threads the row says before they are
asked what will be sent; what came back is kept with what follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from recalldesk.foundation import clock
from recalldesk.remedies.models import Attempt, Order
from recalldesk.remedies.placing.rows_together import save_together
from recalldesk.remedies.states import Outcome, Verb
from recalldesk.sealing.fields_of_rows import opened, sealed, sealed_each

LONGEST = 20_000
"""Characters kept of what was sent or answered."""
CLOSED = ("outcome", "problem", "ended_at", "sealed_sent", "sealed_answered")

BEGIN = """
INSERT INTO remedies_attempt
    (verb, started_at, order_id, sealed_sent, number, sealed_answered, outcome, problem)
SELECT %s, %s, begun.order_id, begun.sent,
    1 + (SELECT count(*) FROM remedies_attempt before WHERE before.order_id = begun.order_id),
    '', '', ''
FROM unnest(%s::bigint[], %s::bytea[]) AS begun (order_id, sent)
RETURNING order_id, id, number
"""


@dataclass
class OrderNotebook:
    """The notebook of one attempt, committed line by line."""

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
        close_all([Closed(self, outcome, problem)])

    def unwritten(self) -> dict[str, str]:
        """Texts, by their field, that are still to be written with its end."""
        return {}

    def _add(self, field: str, text: str) -> None:
        before = opened(self.attempt, field)
        whole = f"{before}\n{text}" if before else text
        value = sealed(Attempt, field, whole[:LONGEST], recall_id=self.order.recall_id)
        setattr(self.attempt, field, value)
        self.attempt.save(update_fields=[field])


@dataclass
class ThreadNotebook(OrderNotebook):
    """One that is written from another thread, and touches no row. `foretold` stands in the row
    as what was sent."""

    foretold: str = ""
    lines: dict[str, list[str]] = field(default_factory=dict)

    def remember(self, reference: str) -> None:
        """Raises TypeError: nothing is kept between two steps, so that there must be but one."""
        raise TypeError("who is asked from threads places an order in one step")

    def unwritten(self) -> dict[str, str]:
        """What was not foretold, and what came back."""
        return {name: "\n".join(lines) for name, lines in self.lines.items()}

    def _add(self, field: str, text: str) -> None:
        if field == "sealed_sent" and text == self.foretold and field not in self.lines:
            return
        first = [self.foretold] if field == "sealed_sent" and self.foretold else []
        self.lines.setdefault(field, first).append(text)


@dataclass(frozen=True)
class Closed:
    """What came of an attempt."""

    notebook: OrderNotebook
    outcome: Outcome
    problem: str = ""


def open_notebook(order: Order, verb: Verb) -> OrderNotebook:
    """Begins an attempt. The caller has the order for itself."""
    (attempt,) = _begin([order], verb, [b""])
    return OrderNotebook(order, attempt)


def open_notebooks(
    orders: Sequence[Order], verb: Verb, foretold: Sequence[str] | None = None
) -> list[OrderNotebook]:
    """Begins an attempt for each, all committed together. The caller has them for itself.

    `foretold`: what will be sent, "" for nothing; then they are written from threads.
    """
    if foretold is None:
        attempts = _begin(orders, verb, [b""] * len(orders))
        return [OrderNotebook(*each) for each in zip(orders, attempts, strict=True)]
    recalls = [each.recall_id for each in orders]
    texts = list(zip(recalls, foretold, strict=True))
    attempts = _begin(orders, verb, sealed_each(Attempt, "sealed_sent", texts))
    return [ThreadNotebook(*each) for each in zip(orders, attempts, foretold, strict=True)]


def close_all(closed: Sequence[Closed]) -> None:
    """Says what came of each, in one statement."""
    for each in closed:
        attempt = each.notebook.attempt
        attempt.outcome, attempt.problem = each.outcome, each.problem[:60]
        attempt.ended_at = clock.now()
    for name in ("sealed_sent", "sealed_answered"):
        _seal_unwritten(name, [each.notebook for each in closed])
    save_together([each.notebook.attempt for each in closed], CLOSED)


def _seal_unwritten(name: str, notebooks: Sequence[OrderNotebook]) -> None:
    found = [(each, text) for each in notebooks if (text := each.unwritten().get(name))]
    texts = [(each.order.recall_id, text[:LONGEST]) for each, text in found]
    values = sealed_each(Attempt, name, texts)
    for (each, _), value in zip(found, values, strict=True):
        setattr(each.attempt, name, value)


def _begin(orders: Sequence[Order], verb: Verb, sent: Sequence[bytes]) -> list[Attempt]:
    numbers, now = [each.pk for each in orders], clock.now()
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [verb, now, numbers, list(sent)])
        begun = {order: (key, number) for order, key, number in cursor.fetchall()}
    attempts = []
    for order, value in zip(orders, sent, strict=True):
        key, number = begun[order.pk]
        attempts.append(
            Attempt(
                pk=key, order=order, number=number, verb=verb, sealed_sent=value, started_at=now
            )
        )
    return attempts
