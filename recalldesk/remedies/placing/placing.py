"""What came of orders that their provider was asked for is kept.

Guarantees: it may be killed at any line and run again: the order is asked for again under the same
id, and has one effect; nothing that failed is forgotten: it has a time at which it is tried again,
or waits for a person with its reason; one that cannot be kept keeps none beside it from being kept.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.asking import Trial, no_answer_of
from recalldesk.remedies.placing.news import tell
from recalldesk.remedies.placing.notebook import Closed, OrderNotebook, close_all
from recalldesk.remedies.placing.standing import OWNER_MENDS, take_standing, take_standings
from recalldesk.remedies.placing.waits import TRIES, pause_after
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotNow,
    Placing,
    Refused,
)
from recalldesk.remedies.states import Outcome, RemedyState, Stopped

Done = tuple[Trial, Found]


def keep_done(done: Sequence[Done]) -> None:
    """Keeps what was found of each order, all together; where that fails, each for itself."""
    if not done:
        return
    try:
        with transaction.atomic():
            close_all([Closed(trial.notebook, Outcome.DONE) for trial, _ in done])
            take_standings([(trial.order, found) for trial, found in done])
    except (OperationalError, InterfaceError):
        raise  # The database is not there: all of them are asked for again.
    except Exception as error:
        if len(done) > 1:
            for each in done:
                keep_done([each])
        else:
            # It had its effect, and is asked for again: at last a person sees it.
            ((trial, _),) = done
            trial.order.refresh_from_db()
            answer = no_answer_of(trial.order.provider, error)
            take_answer(trial.order, answer, trial.notebook)


@transaction.atomic
def take_answer(order: Order, answer: Placing, notebook: OrderNotebook) -> None:
    """Keeps what came of it: it stands, is tried again, or waits for a person."""
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
