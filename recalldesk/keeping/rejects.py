"""Rejected lines of files are emptied once nobody sends them back any more.

Guarantee: how many there were, and why each was not taken, stays; what a legal hold names stays.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser, register_eraser
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.stubs import note_rows_erased
from recalldesk.keeping.terms import old_before


def register_rejects(name: str, model: Any, *, recall: str = "file__recall_id") -> None:
    """Says that a table holds rejected lines, of files that came in `file__at`; a job of its own
    empties them."""

    def due(now: datetime) -> QuerySet[Any]:
        return _old(model, now, recall)

    def held() -> Q:
        return _held(recall)

    register_eraser(Eraser(name, Kind.REJECTED_LINES, due, held, recall=recall))


@transaction.atomic
def empty_rejects(model: Any, *, recall: str = "file__recall_id") -> int:
    """Empties the lines of a table whose time is over; how many."""
    lock_erasing()
    rows = _old(model, clock.now(), recall).exclude(_held(recall))
    count: int = rows.update(sealed_row=b"")
    note_rows_erased(Kind.REJECTED_LINES, count, recall_id=None)
    return count


def _old(model: Any, now: datetime, recall: str) -> QuerySet[Any]:
    old = old_before(Kind.REJECTED_LINES, now, recall=recall)
    rows: QuerySet[Any] = model.objects.filter(file__at__lt=old).exclude(sealed_row=b"")
    return rows


def _held(recall: str) -> Q:
    return held_rows([Kind.REJECTED_LINES], recall=recall)
