"""Places a group of orders with their provider: attempts begun, asked for and kept together.

Guarantees, for each order as if it were alone: its attempt stands before its provider is asked;
whoever dies in the middle leaves all that is not kept due again, under the same ids; a provider
that fails is asked no more, and what it was not asked for is given back as it was.
"""

import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import transaction

from recalldesk.foundation import clock
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing import circuits
from recalldesk.remedies.placing.alone import alone_with_each
from recalldesk.remedies.placing.asking import Asker, Trial, no_answer_of
from recalldesk.remedies.placing.notebook import Closed, close_all, open_notebooks
from recalldesk.remedies.placing.placing import Done, keep_done, take_answer
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotNow,
    Placing,
    Refused,
    Wanted,
)
from recalldesk.remedies.states import Outcome, Verb

KEPT_WITHIN = 1.0
"""Seconds for which an answer waits for others to be kept with."""
BEGINS_FOR = 60.0
"""Seconds after which no more of a group are asked for: its lease lasts three times as long."""


@dataclass(frozen=True)
class Taken:
    """Orders of one provider that were taken by a lease: remedies' ids by theirs."""

    orders: dict[int, uuid.UUID]
    lease: datetime


@dataclass
class _Watch:
    """What the answers of a group say of their provider, noted as they come."""

    provider: str
    began: float
    is_open: bool = False
    is_well: bool = False

    def goes_on(self) -> bool:
        """Whether another order may be asked for."""
        return not self.is_open and monotonic() - self.began < BEGINS_FOR

    def note(self, answer: Placing) -> None:
        """One success stands for all that follow it."""
        match answer:
            case Found() | Refused():
                if not self.is_well:
                    circuits.note_success(self.provider)
                self.is_well = True
                return
            case NoAnswer(problem):
                circuits.note_failure(self.provider, problem)
            case NotNow(problem, after) if after is not None:
                circuits.note_pause(self.provider, problem, after)
            case NotNow(problem):
                circuits.note_failure(self.provider, problem)
        self.is_well = False
        self.is_open = self.provider in circuits.open_providers(clock.now())


def place_group(asker: Asker, taken: Taken) -> int:
    """How many were asked for. Those that somebody else is at are left to them."""
    with alone_with_each(list(taken.orders.values())) as mine:
        orders = _still_due(taken, mine)
        if not orders:
            return 0
        trials = _begin(asker, orders)
        left = _ask(asker, trials)
        _give_back(left, taken.lease)
        return len(trials) - len(left)


def _still_due(taken: Taken, mine: frozenset[uuid.UUID]) -> list[Order]:
    """Read under their locks: who waited for one may find its order placed."""
    rows = Order.objects.filter(pk__in=taken.orders, remedy__in=mine, next_try_at=taken.lease)
    return list(rows.select_related("remedy__recall").order_by("pk"))


def _begin(asker: Asker, orders: Sequence[Order]) -> list[Trial]:
    wanted = [_wanted(each) for each in orders]
    notebooks = open_notebooks(orders, Verb.PLACE, asker.foretold(wanted))
    return [Trial(*each) for each in zip(orders, wanted, notebooks, strict=True)]


def _wanted(order: Order) -> Wanted | NoAnswer:
    try:
        return wanted_of(order)
    except Exception as error:
        return no_answer_of(order.provider, error)


def _ask(asker: Asker, trials: Sequence[Trial]) -> list[Trial]:
    """Asks for each and keeps what came; those that were not asked for."""
    left = {trial.order.pk: trial for trial in trials}
    done, kept_at = list[Done](), monotonic()
    watch = _Watch(asker.provider.name, began=kept_at)
    with closing(asker.answers(trials, watch.goes_on)) as answers:
        for trial, answer in answers:
            del left[trial.order.pk]
            if isinstance(answer, Found):
                done.append((trial, answer))
            else:
                take_answer(trial.order, answer, trial.notebook)
            watch.note(answer)
            if monotonic() - kept_at >= KEPT_WITHIN:
                keep_done(done)
                done, kept_at = [], monotonic()
    keep_done(done)
    return list(left.values())


def _give_back(trials: Sequence[Trial], lease: datetime) -> None:
    """They are due at once, for whoever may ask their provider next."""
    if not trials:
        return
    for trial in trials:
        trial.notebook.attempt.sealed_sent = b""  # foretold, and not sent
    with transaction.atomic():
        close_all([Closed(trial.notebook, Outcome.NOT_ASKED) for trial in trials])
        rows = Order.objects.filter(pk__in=[each.order.pk for each in trials], next_try_at=lease)
        rows.update(next_try_at=clock.now())
