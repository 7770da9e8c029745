"""The firm is reminded, by mail, of questions that nobody has answered.

Guarantees: at most once a day for a question, also where two workers do it at once or one is
killed: that it was done commits with the mail; a mail holds numbers and days only.
"""

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.letters import remind_firm
from recalldesk.inquiries.models import Question
from recalldesk.inquiries.reads import open_rows
from recalldesk.inquiries.rules import reminds
from recalldesk.inquiries.states import QuestionState


@transaction.atomic
def remind_of_questions() -> int:
    """Reminds whoever may answer; returns of how many questions. Of those that are due now all are
    named in one mail."""
    now = clock.now()
    # Of two workers the second waits here, and finds what the first one kept.
    rows = Question.objects.filter(state=QuestionState.OPEN).select_for_update().order_by("pk")
    held = {row.pk: row for row in rows}
    due = [
        (row, day)
        for row, day in open_rows(held)
        if reminds(now, asked_at=row.asked_at, due=day, last=held[row.pk].reminded_at)
    ]
    if not due:
        return 0
    remind_firm(due, now.date())
    for row, _ in due:
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        record_change(
            subject=Subject.QUESTION,
            subject_id=row.pk,
            from_state=QuestionState.OPEN,
            to_state=QuestionState.OPEN,
            reason=Reason.REMINDED,
            actor=Actor.MACHINE,
            recall_id=row.recall_id,
        )
    return len(due)
