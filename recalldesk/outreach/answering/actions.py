"""What somebody answers to a notice, and how it is taken back.

Guarantees: the newest word counts: what does not fit beside it is taken back by itself, so that
never more units are answered for than were bought; "not mine" and "nothing more" silence this
contact alone, in this recall; the same answer given twice is one; each comes and goes with a row of
the log.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.answering.done_already import untie_claims
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.answering.passing_on import call_back_notices, name_next_owner
from recalldesk.outreach.models import Answer, DirectNotice
from recalldesk.outreach.states import (
    ANSWERS_FOR_UNITS,
    WAYS_TO,
    AnswerKind,
    Suppression,
    Way,
)
from recalldesk.outreach.suppressing import lift_all, suppress
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall

TAKEN_BACK = "taken_back"
SILENCES = {
    AnswerKind.NOT_MINE: Suppression.NOT_THEIRS,
    AnswerKind.NOTHING_MORE: Suppression.ASKED,
}


@transaction.atomic
def answer(
    *,
    notice: DirectNotice,
    kind: AnswerKind,
    units: int | None = None,
    next_owner: NextOwner | None = None,
    by: Staff | None = None,
) -> Answer:
    """Keeps an answer, and does what follows from it. `units`: of how many, all where it is not
    said; of those that are no answer for units it is not looked at. `next_owner`: who has it now,
    of one that was sold. `by`: who wrote it down.

    Raises AnswerRefused, NotPermitted, or OSError where the journal cannot be written.
    """
    if by is not None:
        require(by, Permission.CALL_PURCHASERS)
    held = DirectNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    count = _units(held, kind, units)
    standing = held.answers.filter(kind=kind, undone_at=None).first()
    if standing is not None and standing.units == count and not standing.is_of_erased:
        return _passed_on(standing, next_owner, by)
    if standing is not None:
        _take_back(standing, by)
    for other in _in_the_way(held, kind, count):
        _take_back(other, by)
    given = Answer.objects.create(notice=held, kind=kind, units=count, by=by)
    _record(given, "", kind, by)
    if kind in SILENCES:
        _silence(held, kind, by)
    return _passed_on(given, next_owner, by)


@transaction.atomic
def take_back_answer(*, answer: Answer, by: Staff | None = None) -> bool:
    """As if it had not been given: this contact is written to again. False where it was taken back
    before. Raises NotPermitted, or OSError where the journal cannot be written."""
    if by is not None:
        require(by, Permission.CALL_PURCHASERS)
    held = Answer.objects.select_for_update(of=("self",)).select_related("notice").get(pk=answer.pk)
    if held.undone_at is not None:
        return False
    _take_back(held, by)
    return True


def standing_answers(notice: DirectNotice) -> list[Answer]:
    """What somebody said and holds, the oldest first."""
    return list(notice.answers.filter(GIVEN, undone_at=None).order_by("at", "pk"))


def _passed_on(given: Answer, owner: NextOwner | None, by: Staff | None) -> Answer:
    if owner is not None and given.kind == AnswerKind.SOLD:
        name_next_owner(answer=given, owner=owner, by=by)
    return given


def _units(notice: DirectNotice, kind: AnswerKind, units: int | None) -> int:
    if kind not in ANSWERS_FOR_UNITS:
        return 0
    most = max(1, notice.units)
    if units is None:
        return most
    if not 1 <= units <= most:
        raise AnswerRefused(AnswerFault.NOT_SO_MANY)
    return units


def _in_the_way(notice: DirectNotice, kind: AnswerKind, units: int) -> list[Answer]:
    """Earlier answers that cannot be true beside the new one, the newest first."""
    others = list(notice.answers.filter(undone_at=None).exclude(kind=kind).order_by("-at", "-pk"))
    if kind == AnswerKind.NOT_MINE:
        return [each for each in others if each.kind in ANSWERS_FOR_UNITS]
    if kind not in ANSWERS_FOR_UNITS:
        return []
    wrong = [each for each in others if each.kind == AnswerKind.NOT_MINE]
    left = max(1, notice.units) - units
    for each in others:
        if each.kind in ANSWERS_FOR_UNITS:
            left -= each.units
            if left < 0:
                wrong.append(each)
                left += each.units
    return wrong


def _take_back(given: Answer, by: Staff | None) -> None:
    given.undone_at = clock.now()
    given.save(update_fields=["undone_at"])
    _record(given, given.kind, TAKEN_BACK, by)
    if given.kind in SILENCES:
        _speak_again(given.notice, AnswerKind(given.kind))
    if given.kind == AnswerKind.SOLD:
        call_back_notices(given, by)
    if given.kind == AnswerKind.DONE_ALREADY and not given.is_of_erased:
        untie_claims(given.notice)


def _silence(notice: DirectNotice, kind: AnswerKind, by: Staff | None) -> None:
    for way in WAYS_TO[ContactKind(notice.kind)]:
        suppress(
            contact_digest=bytes(notice.contact_digest),
            way=way,
            reason=SILENCES[kind],
            recall=Recall.objects.get(pk=notice.recall_id),
            notice=notice,
            actor=Actor.STAFF if by else Actor.OWNER,
            by=by,
        )


def _speak_again(notice: DirectNotice, kind: AnswerKind) -> None:
    for way in WAYS_TO[ContactKind(notice.kind)]:
        lift_all(
            contact_digest=bytes(notice.contact_digest),
            way=Way(way),
            reason=SILENCES[kind],
            recall=Recall.objects.get(pk=notice.recall_id),
        )


def _record(given: Answer, was: str, is_now: str, by: Staff | None) -> None:
    record_change(
        subject=Subject.ANSWER,
        subject_id=given.pk,
        from_state=was,
        to_state=is_now,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=given.notice.recall_id,
    )
