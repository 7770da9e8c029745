"""A check as JSON: a plain question as it comes, and every answer as it goes.

Guarantees: a question that is read here is one that the documented form allows, and is read as that
reads it; for any other nothing is said, and who knows the form says what is wrong with it.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from django.utils import translation
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from recalldesk.units.checking import Covered
from recalldesk.units.next_steps import NEXT_STEPS, instant
from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict, Why

OUTCOME = "recalldesk.outcome"
"""Under this name a WSGI environ holds the answer, or the problem, that was found already."""

LONGEST_MODEL, LONGEST_TOKEN = 100, 600
COUNTRY = r"^[A-Z]{2}$"


@dataclass(config=ConfigDict(extra="forbid", strict=True))
class Question:
    """What is asked, in the form that the API documents."""

    serial: Annotated[str, Field(min_length=1)]
    model: Annotated[str, Field(max_length=LONGEST_MODEL)] | None = None
    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    second_look: Annotated[str, Field(max_length=LONGEST_TOKEN)] | None = None


_read = TypeAdapter(Question).validator.validate_json


def question_in(body: bytes) -> Question | None:
    """The question that a body holds, where it is of the documented form and in UTF-8."""
    try:
        question: Question = _read(body)
    except ValidationError:
        return None
    return question


def answer_text(answer: Answer, language: str) -> str:
    """The answer as JSON: that of `answer_as_json`, in the language, without the detours."""
    recalls = _recalls_text(answer.recalls)
    token = json.dumps(answer.second_look) if answer.second_look else "null"
    places = ", ".join(map(str, answer.look_at))
    return (
        f'{{"verdict": "{answer.verdict.value}", "why": "{answer.why.value}", '
        f'"recalls": [{recalls}], "look_at": [{places}], "second_look": {token}, '
        f'"checked_at": "{instant(answer.checked_at)}", "next": {_next(answer.verdict, language)}}}'
    )


def covered_text(covered: Covered, language: str) -> str:
    """As `answer_text`, of a serial that is covered."""
    before, behind = _of_covered(covered.recalls, language)
    return before + instant(covered.checked_at) + behind


@lru_cache(maxsize=1_000)
def _of_covered(recalls: tuple[RecallAnswer, ...], language: str) -> tuple[str, str]:
    """What stands before and behind the moment."""
    moment = datetime.fromtimestamp(0, UTC)
    answer = Answer(Verdict.AFFECTED, Why.IN_SCOPE, recalls, "", (), {}, "", moment)
    before, _, behind = answer_text(answer, language).partition(instant(moment))
    return before, behind


@lru_cache(maxsize=1_000)
def _recalls_text(recalls: tuple[RecallAnswer, ...]) -> str:
    return ", ".join(
        json.dumps(
            {
                "recall": entry.recall,
                "version": entry.version,
                "verdict": entry.verdict.value,
                "claim_url": None,
            }
        )
        for entry in recalls
    )


@lru_cache(maxsize=100)
def _next(verdict: Verdict, language: str) -> str:
    with translation.override(language):
        return json.dumps(str(NEXT_STEPS[verdict]))
