"""A check as JSON: a plain question as it comes, and every answer as it goes.

Guarantees: a question that is read here is one that the documented form allows, and is read as that
reads it; for any other nothing is said, and who knows the form says what is wrong with it.
"""

import json
from functools import lru_cache
from typing import Annotated, NamedTuple, NotRequired

from django.utils import translation
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

# Until Python 3.12 pydantic takes no other, and a dictionary is read twice as fast as an object.
from typing_extensions import TypedDict

from recalldesk.checks.others import others_as_json
from recalldesk.elsewhere.at_hand import Others
from recalldesk.units.next_steps import NEXT_STEPS, claim_url, instant
from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict, Why

OUTCOME = "recalldesk.outcome"
"""Under this name a WSGI environ holds the answer, or the problem, that was found already."""

LONGEST_MODEL, LONGEST_TOKEN = 100, 600
COUNTRY = r"^[A-Z]{2}$"


class Question(TypedDict):
    """What is asked, in the form that the API documents."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc] # its place

    serial: Annotated[str, Field(min_length=1)]
    model: NotRequired[Annotated[str, Field(max_length=LONGEST_MODEL)] | None]
    country: NotRequired[Annotated[str, Field(pattern=COUNTRY)] | None]
    second_look: NotRequired[Annotated[str, Field(max_length=LONGEST_TOKEN)] | None]


_read = TypeAdapter(Question).validator.validate_json


def question_in(body: bytes) -> Question | None:
    """The question that a body holds, where it is of the documented form and in UTF-8."""
    try:
        question: Question = _read(body)
    except ValidationError:
        return None
    return question


class Written(NamedTuple):
    """An answer as it is sent, and the header that says how long it is."""

    body: bytes
    length: tuple[str, str]


def written(answer: Answer, others: Others, language: str) -> Written:
    """The answer as it is sent, in the language, with what stands beside it."""
    if answer.look_at or answer.second_look:
        return _sent(answer_text(answer, others, language))
    return _settled(answer.verdict, answer.why, answer.recalls, answer.second, others, language)


@lru_cache(maxsize=1_000)
def _settled(
    verdict: Verdict,
    why: Why,
    recalls: tuple[RecallAnswer, ...],
    second: int,
    others: Others,
    language: str,
) -> Written:
    """An answer to which nothing of one serial's own belongs: many of a second are the same."""
    answer = Answer(verdict, why, recalls, "", (), {}, "", second)
    return _sent(answer_text(answer, others, language))


def _sent(text: str) -> Written:
    body = text.encode()
    return Written(body, ("Content-Length", str(len(body))))


def answer_text(answer: Answer, others: Others, language: str) -> str:
    """The answer as JSON: that of `whole_answer`, in the language, without the detours."""
    recalls = _recalls_text(answer.recalls, language)
    token = json.dumps(answer.second_look) if answer.second_look else "null"
    places = ", ".join(map(str, answer.look_at))
    return (
        f'{{"verdict": "{answer.verdict.value}", "why": "{answer.why.value}", '
        f'"recalls": [{recalls}], "look_at": [{places}], "second_look": {token}, '
        f'"checked_at": "{instant(answer.second)}", "next": {_next(answer.verdict, language)}, '
        f'"may_also_be_in": {_others_text(others) if others else "[]"}}}'
    )


@lru_cache(maxsize=1_000)
def _recalls_text(recalls: tuple[RecallAnswer, ...], language: str) -> str:
    with translation.override(language):
        return ", ".join(
            json.dumps(
                {
                    "recall": entry.recall,
                    "version": entry.version,
                    "verdict": entry.verdict.value,
                    "claim_url": claim_url(entry),
                }
            )
            for entry in recalls
        )


@lru_cache(maxsize=1_000)
def _others_text(others: Others) -> str:
    return json.dumps(others_as_json(others))


@lru_cache(maxsize=100)
def _next(verdict: Verdict, language: str) -> str:
    with translation.override(language):
        return json.dumps(str(NEXT_STEPS[verdict]))
