"""One order is placed with its provider, and what came of it is kept.

Guarantees: it may be killed at any line and run again: the order is asked for again under the same
id, and has one effect; nothing that failed is forgotten: it has a time at which it is tried again,
or waits for a person with its reason.
"""

from datetime import timedelta

import structlog
from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.errors import ProviderUnknown
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing import circuits
from recalldesk.remedies.placing.news import tell
from recalldesk.remedies.placing.notebook import OrderNotebook, open_notebook
from recalldesk.remedies.placing.standing import OWNER_MENDS, take_standing
from recalldesk.remedies.placing.waits import TRIES, pause_after
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotNow,
    Placing,
    Provider,
    Refused,
)
from recalldesk.remedies.providers.registry import provider_named
from recalldesk.remedies.states import Outcome, RemedyState, Stopped, Verb

log = structlog.get_logger()


def place(order: Order) -> bool:
    """Places an order that is due; whether its provider answered. The caller has it for itself
    (`alone_with`)."""
    try:
        provider = provider_named(order.provider)
    except ProviderUnknown:
        stop(order, Stopped.NOT_CONFIGURED)
        return True
    notebook = open_notebook(order, Verb.PLACE)
    answer = _answer(provider, order, notebook)
    with transaction.atomic():
        take_answer(order, answer, notebook)
    _note_provider(provider.name, answer)
    return isinstance(answer, Found | Refused)


def take_answer(order: Order, answer: Placing, notebook: OrderNotebook) -> None:
    """Keeps what came of it: it stands, is tried again, or waits for a person. In a transaction."""
    match answer:
        case Found():
            notebook.close(Outcome.DONE)
            take_standing(order, answer)
        case Refused(problem, stopped):
            notebook.close(Outcome.REFUSED, problem)
            _refused(order, stopped)
        case NoAnswer(problem):
            notebook.close(Outcome.NO_ANSWER, problem)
            _try_again(order, None)
        case NotNow(problem, after):
            notebook.close(Outcome.NOT_NOW, problem)
            _try_again(order, after)


def stop(order: Order, why: Stopped) -> None:
    """Gives the order to a person: nothing is tried until one decides."""
    order.next_try_at, order.stopped, order.stopped_at = None, why, clock.now()
    with transaction.atomic():
        order.save(update_fields=["next_try_at", "stopped", "stopped_at", "tries"])
        record_change(
            subject=Subject.ORDER,
            subject_id=order.pk,
            to_state=f"stopped:{why.value}",
            actor=Actor.MACHINE,
            recall_id=order.recall_id,
        )


def _answer(provider: Provider, order: Order, notebook: OrderNotebook) -> Placing:
    """A defect of ours or of a provider's module is no answer: it may have had its effect."""
    try:
        return provider.place(wanted_of(order), notebook)
    except Exception as error:
        log.error("provider_failed", provider=order.provider, error=type(error).__name__)
        return NoAnswer(f"our own: {type(error).__name__}")


def _refused(order: Order, stopped: Stopped) -> None:
    news = OWNER_MENDS.get(stopped)
    if news is None:
        stop(order, stopped)
        return
    remedy = Remedy.objects.select_for_update().get(pk=order.remedy_id)
    before, remedy.state = remedy.state, RemedyState.FAILED
    remedy.save(update_fields=["state"])
    order.next_try_at = None
    order.save(update_fields=["next_try_at"])
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=before,
        to_state=remedy.state,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )
    tell(remedy, news)


def _try_again(order: Order, after: timedelta | None) -> None:
    order.tries += 1
    if order.tries >= TRIES:
        stop(order, Stopped.NO_ANSWER)
        return
    order.next_try_at = clock.now() + pause_after(order.tries, asked_for=after)
    order.save(update_fields=["tries", "next_try_at"])


def _note_provider(name: str, answer: Placing) -> None:
    match answer:
        case Found() | Refused():
            circuits.note_success(name)
        case NoAnswer(problem):
            circuits.note_failure(name, problem)
        case NotNow(problem, after) if after is not None:
            circuits.note_pause(name, problem, after)
        case NotNow(problem):
            circuits.note_failure(name, problem)
