"""What stands beside an answer: in which other recalls the model may be, too.

Guarantee: it is added to an answer and changes none; where nothing is found, nothing is said.
"""

from collections.abc import Sequence
from typing import Any

from recalldesk.elsewhere.at_hand import Others, others_at_hand
from recalldesk.units.next_steps import answer_as_json
from recalldesk.units.verdict.answer import Answer


def others_beside(answer: Answer, models: Sequence[str] = ()) -> Others:
    """The other recalls of the models given, or of the products of the recalls that answered."""
    if models:
        return others_at_hand(models)
    verdict = answer.verdict
    return others_at_hand((), [each.recall for each in answer.recalls if each.verdict is verdict])


def others_as_json(others: Others) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "model": other.model,
            "title": other.title,
            "firm": other.firm,
            "date": other.date.isoformat(),
            "agency": other.agency,
            "number": other.number,
            "url": other.url or None,
        }
        for other in others
    ]


def whole_answer(answer: Answer, models: Sequence[str] = ()) -> dict[str, Any]:
    """An answer as API and command give it: with what stands beside it."""
    return answer_as_json(answer) | {
        "may_also_be_in": others_as_json(others_beside(answer, models))
    }
