"""A print file leaves the house.

Guarantees: before its first byte leaves, who answered since it was made is left out, each with the
reason; that it left stands with each of its letters, and from then on it stays as it is.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.letters.errors import LettersRefused
from recalldesk.outreach.letters.last_look import why_withheld
from recalldesk.outreach.models import DirectNotice, LetterFile, Wave
from recalldesk.outreach.states import NoticeState, WaveState, Withheld

PERHAPS = (Withheld.STOPPED, Withheld.LAPSED)
MAY_BE_POSTED = Q(state=NoticeState.PRINTED, handed_out_at__isnull=False) | Q(
    withheld__in=PERHAPS, handed_out_at__isnull=False
)
"""Letters that are with the printer, as far as anybody knows: also where their wave was stopped, or
a later one took over, after the file had left. What nobody took out lies in no printer."""


@transaction.atomic
def look_once_more(file: LetterFile, by: Staff) -> None:
    """Leaves out who must not get a letter any more, unless the file has left already. Raises
    SealingError, LettersRefused."""
    LetterFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if has_left(file):
        return
    _refuse_if_paused(file)
    rows = file.notices.select_for_update(of=("self",)).filter(state=NoticeState.PRINTED)
    printed = list(rows.select_related("wave"))
    kept = without_withheld(printed, file.wave, by)
    file.letters = len(kept)
    file.save(update_fields=["letters"])


def has_left(file: LetterFile) -> bool:
    """Whether somebody took it out: as PDF, or as a list of addresses."""
    return file.notices.exclude(handed_out_at=None).exists()


def _refuse_if_paused(file: LetterFile) -> None:
    """Of a wave that is held nothing leaves. Raises LettersRefused."""
    number, state = Wave.objects.values_list("number", "state").get(pk=file.wave_id)
    if state == WaveState.PAUSED:
        raise LettersRefused(
            f"Wave {number} is paused: no letter of it leaves.",
            "Let it go on first. What was taken out before the pause is with the printer.",
        )


def without_withheld(letters: list[DirectNotice], wave: Wave, by: Staff) -> list[DirectNotice]:
    """Those that are to be printed; the others are withheld, each with its reason."""
    reasons = why_withheld(wave, letters)
    for reason in set(reasons.values()):
        move(
            [each for each in letters if reasons.get(each.pk) == reason],
            NoticeState.WITHHELD,
            by,
            withheld=reason,
        )
    return [each for each in letters if each.pk not in reasons]


def to_be_printed(file: LetterFile) -> frozenset[int]:
    """The letters that the file holds at this moment."""
    rows = file.notices.filter(state=NoticeState.PRINTED)
    return frozenset(rows.values_list("pk", flat=True))


def refuse_if_changed(file: LetterFile, before: frozenset[int]) -> None:
    """Nothing leaves where letters were taken out of the file while it was set: they would be
    printed once more by another file. Raises LettersRefused."""
    LetterFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not has_left(file):
        _refuse_if_paused(file)
    if to_be_printed(file) != before:
        raise LettersRefused(
            f"Letters of print file {file.number} were taken out of it while it was made.",
            "Take it once more, or see the wave's letters: it may have been put back.",
        )


def mark_handed_out(file: LetterFile) -> None:
    """Its letters are with whoever took it, from the first time on."""
    rows = file.notices.filter(state=NoticeState.PRINTED, handed_out_at=None)
    rows.update(handed_out_at=clock.now())


def move(notices: Iterable[DirectNotice], to: NoticeState, by: Staff, **fields: object) -> None:
    """Moves them in one statement, and a row of the log for each."""
    rows = list(notices)
    DirectNotice.objects.filter(pk__in=[each.pk for each in rows]).update(state=to, **fields)
    record_moves(
        [Move(each.recall_id, each.pk, each.state, to) for each in rows],
        subject=Subject.NOTICE,
        actor=Actor.STAFF,
        actor_id=by.pk,
    )
