"""Asks one provider for several orders, one after the other, or some at a time from threads.

Guarantees: no more are begun once the caller says so; what was begun is answered, and told, before
it ends; nothing that a provider's module raises but being killed ends it.
"""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType

import structlog

from recalldesk.remedies.models import Order
from recalldesk.remedies.placing.notebook import OrderNotebook
from recalldesk.remedies.providers.interface import (
    NoAnswer,
    PlacesSideBySide,
    Placing,
    Provider,
    Wanted,
)

log = structlog.get_logger()
AT_ONCE, AT_ONCE_FROM_THREADS = 20, 50
"""Orders that one worker takes together: what one of a group costs falls with its size, and the
time grows until a hold or another worker has its turn."""


@dataclass
class Trial:
    """One order that is about to be asked for. `wanted`: why it cannot be, where it cannot."""

    order: Order
    wanted: Wanted | NoAnswer
    notebook: OrderNotebook


class Asker:
    """Asks one provider. Its threads, and so its connections, last until it is closed.

    `at_once`: how many orders are to be taken together.
    """

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        many = provider.side_by_side if isinstance(provider, PlacesSideBySide) else 1
        self._many = many
        self.at_once = AT_ONCE_FROM_THREADS if many > 1 else AT_ONCE
        self._threads = ThreadPoolExecutor(many, provider.name) if many > 1 else None

    def __enter__(self) -> "Asker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    def foretold(self, wanted: Sequence[Wanted | NoAnswer]) -> list[str] | None:
        """What will be sent for each; None where it is asked from no threads."""
        if not isinstance(self.provider, PlacesSideBySide):
            return None
        return [_foretold(self.provider, each) for each in wanted]

    def answers(
        self, trials: Sequence[Trial], goes_on: Callable[[], bool]
    ) -> Generator[tuple[Trial, Placing]]:
        """Each answer as it comes. `goes_on`: whether another may be begun."""
        if self._threads is None:
            for trial in trials:
                if not goes_on():
                    return
                yield trial, self._ask(trial)
        else:
            yield from self._from_threads(self._threads, trials, goes_on)

    def _from_threads(
        self, threads: ThreadPoolExecutor, trials: Sequence[Trial], goes_on: Callable[[], bool]
    ) -> Generator[tuple[Trial, Placing]]:
        waiting, begun = deque(trials), dict[Future[Placing], Trial]()
        answered = SimpleQueue[Future[Placing]]()
        try:
            while True:
                while waiting and len(begun) < self._many and goes_on():
                    trial = waiting.popleft()
                    future = threads.submit(self._ask, trial)
                    begun[future] = trial
                    future.add_done_callback(answered.put)
                if not begun:
                    return
                future = answered.get()
                yield begun.pop(future), future.result()
        finally:
            # The caller gives up its orders only when nobody is at them any more.
            wait(begun)

    def _ask(self, trial: Trial) -> Placing:
        """A defect of ours or of a provider's module is no answer: it may have had its effect."""
        if isinstance(trial.wanted, NoAnswer):
            return trial.wanted
        try:
            return self.provider.place(trial.wanted, trial.notebook)
        except Exception as error:
            return no_answer_of(self.provider.name, error)


def _foretold(provider: PlacesSideBySide, wanted: Wanted | NoAnswer) -> str:
    try:
        return provider.will_send(wanted) if isinstance(wanted, Wanted) else ""
    except Exception as error:
        log.error("not_foretold", error=type(error).__name__)
        return ""  # it notes what it sends when it is asked


def no_answer_of(provider: str, error: Exception) -> NoAnswer:
    """What stands for an answer where a program failed."""
    log.error("provider_failed", provider=provider, error=type(error).__name__)
    return NoAnswer(f"our own: {type(error).__name__}")
