"""Somebody says whether two purchasers, or a purchaser and who filed a claim, are one person.

Guarantees: what was said stands in the log, and is obeyed from then on, by every import and every
review; who is one person is joined or parted in the same transaction. Joining silences nobody.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.purchasers.errors import NoSuchPurchaser, QuestionRefused
from recalldesk.purchasers.models import SamePersonQuestion
from recalldesk.purchasers.people.keeping import cluster_persons_anew
from recalldesk.purchasers.states import QUESTION_MOVES, QuestionState
from recalldesk.recalls.models import Recall

LONGEST_REASON = 1_000


@transaction.atomic
def settle_question(
    *, recall: Recall, number: int, by: Staff, state: QuestionState, reason: str = ""
) -> SamePersonQuestion:
    """Settles a question, or settles it otherwise. `reason`: in somebody's own words; it stands
    sealed in the log. The same again changes nothing.

    Raises NotPermitted, NoSuchPurchaser, QuestionRefused.
    """
    require(by, Permission.SETTLE_PURCHASERS)
    if len(reason) > LONGEST_REASON:
        raise QuestionRefused(
            f"The reason has more than {LONGEST_REASON:,} characters.", "Say it in fewer words."
        )
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    found = SamePersonQuestion.objects.select_for_update(of=("self",))
    question = found.filter(recall=recall, pk=number).first()
    if question is None:
        raise NoSuchPurchaser(
            f"{recall.slug} has no question {number}.", "The list of questions names those it has."
        )
    before = QuestionState(question.state)
    if before is state:
        return question
    if state not in QUESTION_MOVES[before]:
        raise QuestionRefused(
            "A question that was settled is not opened again.", "Say that they are one, or two."
        )
    question.state, question.by, question.decided_at = state, by, clock.now()
    question.save(update_fields=["state", "by", "decided_at"])
    is_one = state is QuestionState.ONE
    record_change(
        subject=Subject.SAME_PERSON,
        subject_id=question.pk,
        from_state=before,
        to_state=state,
        reason=Reason.ONE_PERSON if is_one else Reason.TWO_PERSONS,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=reason.strip(),
    )
    both = [each.person_id for each in (question.first, question.second) if each]
    cluster_persons_anew(recall.pk, both, *([question.filing] if question.filing else []))
    return question
