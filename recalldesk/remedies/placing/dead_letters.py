"""What a person does with an order that is stopped: sends it on, or cancels it.

Guarantees: each act needs a permission and a reason, and stands in the log; an order is cancelled
only where its provider says that nothing was done, or that it is undone: never on our word alone;
from the question to what is kept of the answer nobody else is at the order.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.errors import NotOrderable
from recalldesk.remedies.models import Order
from recalldesk.remedies.ordering import place_soon
from recalldesk.remedies.placing.alone import alone_with
from recalldesk.remedies.placing.notebook import OrderNotebook, open_notebook
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotNow,
    NotThere,
    Placing,
    Refused,
    Standing,
)
from recalldesk.remedies.providers.registry import provider_named
from recalldesk.remedies.states import Outcome, Stopped, Verb

UNSENDABLE = (Stopped.NO_AMOUNT, Stopped.DIFFERS)
"""These come to the same however often they are tried: cancel, and order anew."""


def comes_to_the_same(order: Order) -> bool:
    """Whether it is no use to try a stopped order again. One that its provider had taken before it
    refused it stands in a file that left: only the warehouse or bank can say more."""
    was_taken = order.ordered_at is not None
    is_refused = order.stopped in (Stopped.REFUSED, Stopped.OUT_OF_STOCK)
    return order.stopped in UNSENDABLE or (was_taken and is_refused)


@transaction.atomic
def send_on(*, order_id: int, by: Staff, note: str) -> Order:
    """Has a stopped order tried again.

    Raises NotPermitted, NotOrderable.
    """
    order = _stopped(order_id, by, note, is_locked=True)
    if order.stopped == Stopped.MAYBE_SENT:
        raise NotOrderable(
            "The system before may have sent this one.",
            "Find out from its provider; then `recalldesk taken settle` says what is so.",
        )
    if comes_to_the_same(order):
        raise NotOrderable(
            "Tried again it would come to the same.", "Cancel it, and order another remedy."
        )
    if order.stopped == Stopped.BOUNCED:
        raise NotOrderable("What bounced is sent again, not ordered again.", "Use that button.")
    _let_go(order, by, note)
    order.next_try_at, order.tries = clock.now(), 0
    order.save(update_fields=["stopped", "stopped_at", "next_try_at", "tries"])
    transaction.on_commit(place_soon)
    return order


def send_again(*, order_id: int, by: Staff, note: str) -> bool:
    """Asks the provider to send again what bounced; whether it did.

    Raises NotPermitted, NotOrderable, ProviderUnknown.
    """
    with _alone_with_stopped(order_id, by, note) as order:
        if order.stopped != Stopped.BOUNCED:
            raise NotOrderable("This order did not bounce.", "Send it on.")
        answer = _ask(order, Verb.SEND_AGAIN)
        if not isinstance(answer, Found):
            return False
        if answer.standing is Standing.BOUNCED:  # it was taken, and its word for that comes later
            answer = replace(answer, standing=Standing.SENT)
        with transaction.atomic():
            _log(order, by, note, "sent_on", Reason.SENT_ON)
            take_standing(order, answer)
        return True


def cancel(*, order_id: int, by: Staff, note: str) -> bool:
    """Cancels a stopped order; False where its provider did not say that it is cancelled.

    Raises NotPermitted, NotOrderable, ProviderUnknown.
    """
    with _alone_with_stopped(order_id, by, note) as order:
        answer = _cancelled_by(order)
        if not isinstance(answer, Found):
            return False
        is_cancelled = answer.standing is Standing.CANCELLED
        with transaction.atomic():
            if is_cancelled:
                _log(order, by, note, "cancelled", Reason.BY_PERSON)
            take_standing(order, answer)
        return is_cancelled


def _cancelled_by(order: Order) -> Placing | NotThere:
    """What the provider says; an order that it was never asked for is cancelled without it."""
    was_asked = order.attempts.exclude(outcome=Outcome.NOT_ASKED).exists()
    if not was_asked and order.stopped != Stopped.MAYBE_SENT:
        return Found("", Standing.CANCELLED)
    answer = _ask(order, Verb.CANCEL)
    return Found("", Standing.CANCELLED, "not there") if isinstance(answer, NotThere) else answer


def _ask(order: Order, verb: Verb) -> Placing | NotThere:
    provider = provider_named(order.provider)
    notebook = open_notebook(order, verb)
    asked = provider.cancel if verb is Verb.CANCEL else provider.send_again
    answer = asked(wanted_of(order), notebook)
    with transaction.atomic():
        _close(notebook, answer)
    return answer


@contextmanager
def _alone_with_stopped(order_id: int, by: Staff, note: str) -> Iterator[Order]:
    """The order, still stopped and for us alone, until the end. Were it given up before what came
    of it is kept, a worker could place meanwhile what is then cancelled here alone."""
    order = _stopped(order_id, by, note)
    with alone_with(order.remedy_id) as is_alone:
        if not is_alone:
            raise NotOrderable("Somebody is at this order.", "Try again in a minute.")
        yield _stopped(order_id, by, note)


def _close(notebook: OrderNotebook, answer: Placing | NotThere) -> None:
    match answer:
        case Found():
            notebook.close(Outcome.DONE)
        case NotThere():
            notebook.close(Outcome.DONE, "not there")
        case Refused(problem):
            notebook.close(Outcome.REFUSED, problem)
        case NoAnswer(problem):
            notebook.close(Outcome.NO_ANSWER, problem)
        case NotNow(problem):
            notebook.close(Outcome.NOT_NOW, problem)


def _stopped(order_id: int, by: Staff, note: str, *, is_locked: bool = False) -> Order:
    require(by, Permission.MANAGE_REMEDIES)
    rows = Order.objects.select_related("remedy__recall")
    rows = rows.select_for_update(of=("self",)) if is_locked else rows
    order = rows.filter(pk=order_id).first()
    if order is None or not order.stopped:
        raise NotOrderable("This order is not stopped (any more).", "Look at the list again.")
    if not note.strip():
        raise NotOrderable("Say why.", "The reason stands sealed in the log.")
    return order


def _let_go(order: Order, by: Staff, note: str) -> None:
    _log(order, by, note, "sent_on", Reason.SENT_ON)
    order.stopped, order.stopped_at = Stopped.NONE, None


def _log(order: Order, by: Staff, note: str, to: str, reason: Reason) -> None:
    record_change(
        subject=Subject.ORDER,
        subject_id=order.pk,
        from_state=f"stopped:{order.stopped}",
        to_state=to,
        reason=reason,
        actor_id=by.pk,
        recall_id=order.recall_id,
        note=note,
    )
