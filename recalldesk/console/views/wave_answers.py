"""What those who were told answered, and who is left for the desk to tell."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_shown import counted_words
from recalldesk.console.purchasers_asked import address, recall_asked
from recalldesk.console.queue_choices import Choice
from recalldesk.console.wave_words import ANSWERS, NOTICE_STATES, ONLY_ANSWERS, WAYS, WITHHELD
from recalldesk.outreach.answering.told_by_hand import LEFT_TO_A_PERSON
from recalldesk.outreach.reads.answers import (
    MOST_COUNTED,
    AnswerFilters,
    AnswerRow,
    answer_filters_in,
    answers_of,
)
from recalldesk.outreach.states import AnswerKind, NoticeState, Withheld


@require_safe
def wave_answers(request: DeskRequest) -> HttpResponse:
    """A page of the list."""
    sent = request.GET.dict()
    asked = recall_asked(request, sent)
    filters, is_refused = answer_filters_in(sent)
    values: dict[str, Any] = {
        "asked": asked,
        "is_refused": is_refused,
        "is_narrowed": filters != AnswerFilters(),
        "choices": _choices(filters),
    }
    if asked.recall is not None:
        slug = asked.recall.slug
        shown = answers_of(asked.recall, filters, by=request.user, after=sent.get("after", ""))
        here = {
            "recall": slug,
            "kind": filters.kind or "",
            "way": filters.way or "",
            "only": filters.only or "",
        }
        values |= {
            "rows": [_row(each, slug) for each in shown.rows],
            "count": counted_words(shown.count, MOST_COUNTED),
            "first_url": address("wave_answers", **here) if sent.get("after") else "",
            "after_url": address("wave_answers", **here, after=shown.after) if shown.after else "",
        }
    return page(request, "waves/answers.html", values)


def _row(row: AnswerRow, slug: str) -> dict[str, Any]:
    return {
        "row": row,
        "said": ANSWERS[row.kind],
        "units": f"{row.units} of {row.bought}" if row.units else "",
        "way": WAYS[row.way],
        "is_only_said": row.kind is AnswerKind.DONE_ALREADY and not row.is_proven,
        "is_proven": row.kind is AnswerKind.DONE_ALREADY and row.is_proven,
        "notice_url": address("wave_notice", slug, row.wave, row.notice),
        "next_owners": [
            (masked, _stands(where), address("wave_notice", slug, wave, number))
            for (masked, where), (wave, number) in zip(
                row.next_owners, row.next_notices, strict=True
            )
        ],
    }


def _stands(where: NoticeState | Withheld) -> str:
    if where in LEFT_TO_A_PERSON:
        return "nobody wrote to them: call or write"
    return WITHHELD[where] if isinstance(where, Withheld) else NOTICE_STATES[where]


def _choices(filters: AnswerFilters) -> list[Choice]:
    return [
        Choice("kind", "Answer", str(filters.kind or ""), (("", "any"), *_named(ANSWERS))),
        Choice("way", "Way", str(filters.way or ""), (("", "every way"), *_named(WAYS))),
        Choice("only", "Only", str(filters.only or ""), (("", "all"), *_named(ONLY_ANSWERS))),
    ]


def _named(words: Any) -> list[tuple[str, str]]:
    return [(str(value), said) for value, said in words.items()]
