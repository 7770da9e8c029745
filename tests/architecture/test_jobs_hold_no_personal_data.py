"""A job's arguments stand in the database in clear: they are identifiers, numbers and enums."""

import enum
import inspect
from typing import Any, get_type_hints

import pytest
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from recalldesk.jobs.arguments import Id
from recalldesk.jobs.jobs import UPKEEP

OURS = {
    name: task
    for name, task in app.tasks.items()
    if not name.startswith(("builtin:", "procrastinate."))
}


def is_harmless(kind: Any) -> bool:
    return kind in (int, bool, Id) or (inspect.isclass(kind) and issubclass(kind, enum.Enum))


def test_the_jobs_of_each_package_are_found() -> None:
    assert {"mailing.send", "jobs.take_up_stalled", "jobs.remove_old"} <= set(OURS)


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_job_is_given_identifiers_numbers_and_enums_only(name: str) -> None:
    task: Task[Any, Any, Any] = OURS[name]
    hints = get_type_hints(task.func)
    parameters = list(inspect.signature(task.func).parameters)[1 if task.pass_context else 0 :]
    assert {each for each in parameters if not is_harmless(hints[each])} == set()


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_job_is_named_for_its_package_and_verb_and_tried_again(name: str) -> None:
    task = OURS[name]
    package, _, verb = name.partition(".")
    assert task.func.__module__ == f"recalldesk.{package}.jobs"
    assert verb.isidentifier()
    # What comes periodically needs no second attempt: the next one is due anyway.
    assert task.retry_strategy is not None or task.queue == UPKEEP
