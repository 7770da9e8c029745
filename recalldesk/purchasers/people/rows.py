"""Writes who is one person: by a few statements over all, whatever their number.

Guarantee: a row that says the same as before stays as it is, with its moment.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.matching.people import Doubt
from recalldesk.purchasers.models import Join, Purchaser, SamePersonQuestion
from recalldesk.purchasers.states import QuestionSource, QuestionState

Wanted = tuple[int, int | None, int | None]
"""A join or a question: a purchaser, with another or with a filing."""
SET_PERSONS = """
UPDATE purchasers_purchaser AS p SET person_id = moved.person
FROM unnest(%s::bigint[], %s::bigint[]) AS moved (purchaser, person) WHERE p.id = moved.purchaser
"""
NEW_PERSONS = """
INSERT INTO purchasers_person (recall_id, at)
SELECT %s, %s FROM generate_series(1, %s) RETURNING id
"""
COPY_JOINS = """
COPY purchasers_join (first_id, second_id, filing_id, reasons, by_id, at) FROM STDIN
"""
COPY_QUESTIONS = """
COPY purchasers_samepersonquestion
    (recall_id, first_id, second_id, filing_id, source, reasons, weight, state, at) FROM STDIN
"""


def set_persons(
    recall_id: int, changed: Mapping[int, int], without: Sequence[Sequence[int]]
) -> None:
    """Gives these purchasers these persons, and each of the groups `without` one a new one."""
    moved = dict(changed)
    with connection.cursor() as cursor:
        if without:
            cursor.execute(NEW_PERSONS, [recall_id, clock.now(), len(without)])
            for group, (person,) in zip(without, cursor.fetchall(), strict=True):
                moved.update(dict.fromkeys(group, person))
        if moved:
            cursor.execute(SET_PERSONS, [list(moved), list(moved.values())])


def set_joins(
    purchasers: QuerySet[Purchaser],
    wanted: Mapping[Wanted, list[str]],
    said_by: Mapping[Wanted, int | None],
) -> None:
    """Makes the joins of these purchasers those that are wanted."""
    gone, kept = [], set()
    # Of one that was erased the ties go where whoever counts by them hears of it.
    rows = Join.objects.filter(first__in=purchasers).exclude(filing__state=FilingState.ERASED)
    for number, *pair, reasons in rows.values_list("pk", "first", "second", "filing", "reasons"):
        key: Wanted = (pair[0], pair[1], pair[2])
        if wanted.get(key) == reasons:
            kept.add(key)
        else:
            gone.append(number)
    Join.objects.filter(pk__in=gone).delete()
    now = clock.now()
    with connection.cursor() as cursor, cursor.copy(COPY_JOINS) as copy:
        for key in sorted(wanted.keys() - kept, key=str):
            first, second, filing = key
            by = said_by.get(key)
            copy.write_row((first, second, filing, _json(wanted[key]), by, now))


def set_questions(
    recall_id: int,
    purchasers: QuerySet[Purchaser],
    doubts: Iterable[Doubt],
    *,
    filings: Collection[int] = (),
    source: QuestionSource = QuestionSource.RULE,
) -> None:
    """Asks what is in doubt, each pair once. A question of this source that waits, of these
    purchasers or of one of them and one of these filings, and is no doubt any more, goes: nobody
    said anything of it. What was answered stays. Of two filings nobody is asked."""
    now = clock.now()
    wanted = {two_of(each.first, each.second): each for each in doubts if each.second > 0}
    rows = SamePersonQuestion.objects.filter(recall_id=recall_id)
    asked_of = Q(second__in=purchasers) | Q(filing__in=filings)
    open_ones = rows.filter(asked_of, state=QuestionState.OPEN, source=source, first__in=purchasers)
    gone = [
        number
        for number, *two in open_ones.values_list("pk", "first", "second", "filing")
        if tuple(two) not in wanted
    ]
    rows.filter(pk__in=gone).delete()
    asked = set(rows.values_list("first", "second", "filing"))
    with connection.cursor() as cursor, cursor.copy(COPY_QUESTIONS) as copy:
        for pair, doubt in wanted.items():
            if pair not in asked:
                reasons = _json([str(each) for each in doubt.reasons])
                state = QuestionState.OPEN.value
                copy.write_row((recall_id, *pair, source.value, reasons, doubt.weight, state, now))


def two_of(one: int, other: int) -> Wanted:
    """Two as rows name them, by what the engine calls them: at least one is a purchaser."""
    first, second = max(one, other), min(one, other)
    return (first, None, -second) if second < 0 else (second, first, None)


def _json(words: list[str]) -> str:
    return json.dumps(words)
