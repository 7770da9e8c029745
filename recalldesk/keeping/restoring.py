"""After a restore: holds and terms are as they were last; what two people had erased goes again.

Guarantees: holds are in force before anything is erased again; a hold is placed again only on the
very thing that it named, and nothing else is erased; what a hold keeps, or somebody waits for as
they did at the time of the backup, waits for the end of that; doing it twice changes nothing.
"""

from collections.abc import Mapping

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import Note
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.keeping import outside
from recalldesk.keeping.holding import DUE, QUEUE, found_again
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import KeepingTerm, LegalHold, WaitingErasure
from recalldesk.keeping.standing_still import lock_erasing, lock_holding
from recalldesk.keeping.states import SET, HoldState, Thing, Why
from recalldesk.keeping.things import known
from recalldesk.recalls.models import Recall

Line = Mapping[str, str]


@transaction.atomic
def place_again() -> int:
    """Places the holds that are lost, and lifts those that were lifted since; how many."""
    lock_holding()
    lifted = {line["name"] for line in outside.lines(outside.LIFTED)}
    there = {str(each.name): each for each in LegalHold.objects.all()}
    count = 0
    for line in outside.lines(outside.PLACED):
        hold = there.get(line["name"])
        if hold is None and line["name"] not in lifted:
            count += _placed_again(line)
        elif hold is not None and hold.lifted_at is None and line["name"] in lifted:
            _lift_again(hold)
            count += 1
    return count + _set_again()


def erase_early_again() -> int:
    """Erases what two people had erased before its day; how many."""
    return sum(_erased_again(line) for line in outside.lines(outside.EARLY))


@transaction.atomic
def _erased_again(line: Line) -> bool:
    lock_erasing()
    thing, number = Thing(line["thing"]), int(line["number"])
    found = found_again(thing, number, line["is"])
    if found is None or not known(thing).preview(number).goes:
        return False  # it is lost, or erased
    if known(thing).erase(number, Why.RESTORED):
        return True
    WaitingErasure.objects.get_or_create(
        thing=thing, thing_id=number, done_at=None, defaults={"recall_id": found.recall_id}
    )
    return False


def erase_due_soon() -> None:
    """Has a job erase at once what was kept as long as it may be, and came back."""
    try:
        with transaction.atomic():
            app.configure_task(DUE, queue=QUEUE, queueing_lock=DUE).defer(timestamp=0)
    except AlreadyEnqueued:
        return


def _placed_again(line: Line) -> bool:
    recall_id = int(line["recall"]) if line["recall"] else None
    if recall_id is not None and not Recall.objects.filter(pk=recall_id).exists():
        return False
    thing_id = int(line["number"]) if line["number"] else None
    if thing_id is not None and found_again(Thing(line["thing"]), thing_id, line["is"]) is None:
        return False  # it came after the backup, and is lost
    hold = LegalHold.objects.create(
        name=line["name"],
        recall_id=recall_id,
        country=line["country"],
        kind=line["of_kind"],
        thing=line["thing"],
        thing_id=thing_id,
    )
    record_change(
        subject=Subject.LEGAL_HOLD,
        subject_id=hold.pk,
        to_state=HoldState.PLACED,
        reason=Reason.RESTORED,
        actor=Actor.MACHINE,
        recall_id=recall_id,
        note=text_of(Note(sealed_text=bytes.fromhex(line["reason"]))),
    )
    return True


def _lift_again(hold: LegalHold) -> None:
    hold.state, hold.lifted_at = HoldState.LIFTED, clock.now()
    hold.save(update_fields=["state", "lifted_at"])
    record_change(
        subject=Subject.LEGAL_HOLD,
        subject_id=hold.pk,
        from_state=HoldState.PLACED,
        to_state=HoldState.LIFTED,
        reason=Reason.RESTORED,
        actor=Actor.MACHINE,
        recall_id=hold.recall_id,
    )


def _set_again() -> int:
    """The newest term that was set for the same counts, whether the database has it or not."""
    newest: dict[tuple[str, str, str], Line] = {}
    for line in outside.lines(outside.TERM):
        newest[line["of_kind"], line["recall"], line["country"]] = line
    return sum(_term_set_again(line) for line in newest.values())


def _term_set_again(line: Line) -> bool:
    recall_id = int(line["recall"]) if line["recall"] else None
    if recall_id is not None and not Recall.objects.filter(pk=recall_id).exists():
        return False
    days = int(line["days"]) if line["days"] else None
    same = {"kind": Kind(line["of_kind"]), "recall_id": recall_id, "country": line["country"]}
    held = KeepingTerm.objects.filter(**same).order_by("pk").last()
    if held is not None and held.days == days:
        return False
    term = KeepingTerm.objects.create(**same, days=days)
    record_change(
        subject=Subject.KEEPING_TERM,
        subject_id=term.pk,
        to_state=SET,
        reason=Reason.RESTORED,
        actor=Actor.MACHINE,
        recall_id=recall_id,
    )
    return True
