"""The print files of a wave, and what waits to be printed, as the desk shows them.

Guarantee: nothing of a person is read.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.notices.papers.kinds import AMERICAN, Paper
from recalldesk.outreach.letters.files import on_paper, waiting_letters
from recalldesk.outreach.letters.handing_out import PERHAPS
from recalldesk.outreach.models import DirectNotice, LetterFile, Wave
from recalldesk.outreach.states import NoticeState, Way


@dataclass(frozen=True)
class FileShown:
    """A print file. `is_put_back`: its letters wait again, stand in another file, or were
    stopped; `is_to_post`: somebody may have posted it, or will."""

    pk: int
    number: int
    letters: int
    paper: Paper
    made_by: str
    made_at: datetime
    posted_on: date | None
    posted_by: str
    came_back: int
    is_put_back: bool
    is_to_post: bool


@dataclass(frozen=True)
class LettersOfWave:
    """`waiting`: by the size of paper; `withheld`: not to be printed, by why."""

    waiting: dict[Paper, int]
    withheld: dict[str, int]
    files: tuple[FileShown, ...]


def letters_of_wave(wave: Wave, *, by: Staff) -> LettersOfWave:
    """Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    waiting = waiting_letters(wave)
    withheld = DirectNotice.objects.filter(
        wave=wave, way=Way.LETTER, state=NoticeState.WITHHELD
    ).values_list("withheld")
    return LettersOfWave(
        waiting={paper: on_paper(waiting, paper).count() for paper in (Paper.LETTER, Paper.A4)},
        withheld=dict(withheld.annotate(number=Count("pk")).order_by("withheld")),
        files=tuple(_shown(each) for each in _files(wave)),
    )


def _files(wave: Wave) -> list[LetterFile]:
    rows = wave.letter_files.select_related("made_by", "posted_by").annotate(
        inside=Count("notices", filter=~Q(notices__state=NoticeState.WITHHELD)),
        to_post=Count("notices", filter=_is_to_post()),
        american=Count("notices", filter=Q(notices__country__in=AMERICAN)),
        bounced=Count("notices", filter=Q(notices__state=NoticeState.BOUNCED)),
    )
    return list(rows.order_by("-number"))


def _is_to_post() -> Q:
    """As `handing_out.MAY_BE_POSTED` says it of a letter, of the letters of a file."""
    has_left = Q(notices__handed_out_at__isnull=False)
    return has_left & (Q(notices__state=NoticeState.PRINTED) | Q(notices__withheld__in=PERHAPS))


def _shown(file: LetterFile) -> FileShown:
    return FileShown(
        pk=file.pk,
        number=file.number,
        letters=file.letters,
        paper=Paper.LETTER if file.american else Paper.A4,  # type: ignore[attr-defined]
        made_by=file.made_by.name,
        made_at=file.made_at,
        posted_on=file.posted_on,
        posted_by=file.posted_by.name if file.posted_by else "",
        came_back=file.bounced,  # type: ignore[attr-defined]
        is_put_back=not file.inside,  # type: ignore[attr-defined]
        is_to_post=bool(file.to_post) and not file.posted_on,  # type: ignore[attr-defined]
    )
