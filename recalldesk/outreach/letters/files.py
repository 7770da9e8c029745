"""Print files of letters: made, put back, posted.

Guarantees: a letter stands in one file at most; whoever answered, or is not to be written to, is
withheld with the reason when the file is made; what stands in a file stays in it, with its words
and its address, until the file is put back, but for who answered before it was taken out first; a
file is posted once, after somebody took it out, and only then its letters count as sent. One file
of a wave is made at a time.
"""

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Max, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.notices.papers.kinds import AMERICAN, Paper
from recalldesk.outreach.letters.errors import LettersRefused, NoSuchLetterFile
from recalldesk.outreach.letters.handing_out import MAY_BE_POSTED, move, without_withheld
from recalldesk.outreach.letters.typesetting import MOST_LETTERS
from recalldesk.outreach.models import DirectNotice, LetterFile, Wave
from recalldesk.outreach.sending.told import remember_told
from recalldesk.outreach.states import NoticeState, WaveState, Way

PRINTED, POSTED, PUT_BACK = "printed", "posted", "put_back"
"""States of a file in the log."""


def waiting_letters(wave: Wave) -> QuerySet[DirectNotice]:
    """Those in no file yet."""
    return DirectNotice.objects.filter(wave=wave, way=Way.LETTER, state=NoticeState.WAITING)


def on_paper(rows: QuerySet[DirectNotice], paper: Paper) -> QuerySet[DirectNotice]:
    """Those of one size of paper."""
    if paper is Paper.LETTER:
        return rows.filter(country__in=AMERICAN)
    return rows.exclude(country__in=AMERICAN)


@transaction.atomic
def make_letter_file(
    *, wave: Wave, paper: Paper, by: Staff, most: int = MOST_LETTERS
) -> LetterFile | None:
    """The next letters of a wave in a file; None where none waits that is to be printed.

    Raises NotPermitted, LettersRefused, SealingError.
    """
    require(by, Permission.WRITE_WAVES)
    wave = locked_wave(wave)
    if wave.state != WaveState.SENDING:
        raise LettersRefused(
            f"Wave {wave.number} is not being sent: {wave.get_state_display().lower()}.",
            "Letters are printed once the wave was approved and began; go on with it first.",
        )
    kept: list[DirectNotice] = []
    while len(kept) < most:
        rows = on_paper(waiting_letters(wave), paper).exclude(pk__in=[each.pk for each in kept])
        some = list(
            rows.select_for_update(of=("self",)).order_by("country", "language", "pk")[
                : most - len(kept)
            ]
        )
        if not some:
            break
        kept += without_withheld(some, wave, by)
    return _file_of(wave, kept, by) if kept else None


@transaction.atomic
def put_back(*, file_id: int, by: Staff) -> int:
    """A file that was made by mistake: its letters wait again. How many.

    Raises NotPermitted, NoSuchLetterFile, LettersRefused.
    """
    require(by, Permission.WRITE_WAVES)
    file = locked_file(file_id)
    if file.posted_on:
        raise LettersRefused(
            f"File {file.number} was posted on {file.posted_on}.",
            "What was posted is with the post; what comes back is entered by its reference.",
        )
    printed = list(file.notices.select_for_update().filter(state=NoticeState.PRINTED))
    move(printed, NoticeState.WAITING, by, letter_file=None, handed_out_at=None)
    if printed:
        _log(file, PRINTED, PUT_BACK, by)
    return len(printed)


@transaction.atomic
def mark_posted(*, file_id: int, on: date, by: Staff) -> int:
    """A file was given to the post on a day: its letters are sent. How many; again changes nothing.

    Raises NotPermitted, NoSuchLetterFile, LettersRefused.
    """
    require(by, Permission.WRITE_WAVES)
    file = locked_file(file_id)
    if file.posted_on:
        return 0
    now = clock.now()
    if not file.made_at.date() <= on <= now.date():
        raise LettersRefused(
            f"File {file.number} cannot have been posted on {on}.",
            f"It was made on {file.made_at.date()}, and today is {now.date()}.",
        )
    printed = list(file.notices.select_for_update().filter(MAY_BE_POSTED))
    if not printed:
        raise _nothing_to_post(file)
    file.posted_on, file.posted_by, file.posted_at = on, by, now
    file.save(update_fields=["posted_on", "posted_by", "posted_at"])
    noon = datetime.combine(on, time(12), tzinfo=UTC)
    sent_at = max(file.made_at, min(noon, now))
    move(printed, NoticeState.SENT, by, withheld="", sent_at=sent_at)
    _log(file, PRINTED, POSTED, by)
    sent = [each.pk for each in printed]
    transaction.on_commit(lambda: remember_told(sent), robust=True)
    return len(printed)


def _nothing_to_post(file: LetterFile) -> LettersRefused:
    if file.notices.filter(state=NoticeState.PRINTED).exists():
        return LettersRefused(
            f"Nobody took file {file.number} out yet: there is no letter to post.",
            "Take out the letters, or the list of their addresses, and have them printed first.",
        )
    return LettersRefused(
        f"No letter of file {file.number} waits to be posted.", "It was put back, or stopped."
    )


def locked_wave(wave: Wave) -> Wave:
    """The wave, so that nobody makes another file of it meanwhile."""
    return Wave.objects.select_for_update(no_key=True).select_related(None).get(pk=wave.pk)


def locked_file(file_id: int) -> LetterFile:
    """The file, and nobody else changes it meanwhile. Raises NoSuchLetterFile."""
    rows = LetterFile.objects.select_for_update(of=("self",)).select_related("wave")
    file = rows.filter(pk=file_id).first()
    if file is None:
        raise NoSuchLetterFile("There is no such print file.", "The wave's letters list them.")
    return file


def _file_of(wave: Wave, letters: list[DirectNotice], by: Staff) -> LetterFile:
    last = wave.letter_files.aggregate(last=Max("number"))["last"] or 0
    file = LetterFile.objects.create(wave=wave, number=last + 1, letters=len(letters), made_by=by)
    move(letters, NoticeState.PRINTED, by, letter_file=file)
    _log(file, "", PRINTED, by)
    return file


def _log(file: LetterFile, was: str, is_now: str, by: Staff) -> None:
    record_change(
        subject=Subject.LETTER_FILE,
        subject_id=file.pk,
        from_state=was,
        to_state=is_now,
        actor_id=by.pk,
        recall_id=file.wave.recall_id,
    )
