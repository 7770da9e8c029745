"""What a recall may order in a day; beyond it two people decide.

Guarantees: what is ordered is counted in the transaction that orders it, under the day's lock, so
that no two workers pass the limit together; what is released is released by two people.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Budget
from recalldesk.recalls.models import Recall
from recalldesk.remedies.errors import NotOrderable, OverBudget
from recalldesk.remedies.models import DayBudget


def book(recall: Recall, limits: Budget | None, amount: Decimal | None, currency: str) -> None:
    """Counts one remedy into today's budget. Raises OverBudget, after which nothing is counted.

    Call it in the transaction that orders the remedy.
    """
    if limits is None:
        return
    today = clock.now().date()
    # A day has a row for each currency, and one number of remedies for all of them.
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    # Committed or not, the row of a day is one: get_or_create waits for whoever makes it.
    row, _ = DayBudget.objects.get_or_create(recall=recall, day=today, currency=currency)
    row = DayBudget.objects.select_for_update().get(pk=row.pk)
    money = (
        limits.per_day.amount if limits.per_day and limits.per_day.currency == currency else None
    )
    over_money = money is not None and row.ordered + (amount or 0) > money
    over_count = (
        limits.remedies_a_day is not None and _count(recall, today) >= limits.remedies_a_day
    )
    if (over_money or over_count) and row.released_at is None:
        raise OverBudget
    row.ordered, row.count = row.ordered + (amount or 0), row.count + 1
    row.save(update_fields=["ordered", "count"])


def _count(recall: Recall, day: date) -> int:
    rows = DayBudget.objects.filter(recall=recall, day=day)
    return rows.aggregate(ordered=Sum("count"))["ordered"] or 0


@transaction.atomic
def note_held(recall: Recall, currency: str, day: date) -> None:
    """Notes since when a day's budget holds remedies back, for the desk to see. Again nothing."""
    row, _ = DayBudget.objects.get_or_create(recall=recall, day=day, currency=currency)
    DayBudget.objects.filter(pk=row.pk, held_since__isnull=True).update(held_since=clock.now())


@transaction.atomic
def agree(*, budget_id: int, by: Staff, note: str) -> DayBudget:
    """One of two people releases a day's budget; with the second more is ordered that day.

    Raises NotPermitted, NotOrderable where there is nothing to release, no reason is given, or it
    is the same person again.
    """
    require(by, Permission.RELEASE_BUDGET)
    row = DayBudget.objects.select_for_update().filter(pk=budget_id).first()
    if row is None or row.released_at is not None or row.held_since is None:
        raise NotOrderable("This budget holds nothing back.", "Look at the list again.")
    if not note.strip():
        raise NotOrderable("Say why more shall be ordered.", "The reason stands sealed in the log.")
    if row.agreed_by_id is None:
        row.agreed_by = by
    elif row.agreed_by_id == by.pk:
        raise NotOrderable("You agreed already.", "Another person must agree too.")
    else:
        row.released_by, row.released_at = by, clock.now()
    row.save(update_fields=["agreed_by", "released_by", "released_at"])
    record_change(
        subject=Subject.BUDGET,
        subject_id=row.pk,
        from_state="held",
        to_state="released" if row.released_at else "agreed",
        reason=Reason.TWO_PEOPLE if row.released_at else Reason.SECOND_ASKED,
        actor_id=by.pk,
        recall_id=row.recall_id,
        note=note,
    )
    return row
