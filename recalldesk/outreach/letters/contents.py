"""What a print file holds: its letters, and the list of their addresses.

Guarantees: when a file is taken out first, who answered since it was made is left out of it; from
then on the same file holds the same letters whenever it is asked for; who takes a file, and why,
stands in the log before its first byte leaves.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_queue.errors import NoReasonForExport
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.notices.papers.keeping import one_at_a_time
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.letters.addresses import MOST_LINES, also_named, printed_address
from recalldesk.outreach.letters.errors import LettersRefused, NoSuchLetterFile
from recalldesk.outreach.letters.handing_out import (
    look_once_more,
    mark_handed_out,
    refuse_if_changed,
    to_be_printed,
)
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.letters.typesetting import (
    Letter,
    PrintFile,
    letters_as_pdf,
    paper_for,
)
from recalldesk.outreach.letters.version import home_of, version_of
from recalldesk.outreach.models import DirectNotice, LetterFile, NamedPurchase, Wave
from recalldesk.outreach.states import NoticeState
from recalldesk.outreach.waves.said import said

HEADINGS = (
    Heading("Reference", is_exact=True),
    *(Heading(f"Line {number}", is_exact=True) for number in range(1, MOST_LINES + 2)),
    Heading("Country"),
    Heading("Also for"),
)
LOGGED_AS = "letters?"


def file_numbered(wave: Wave, number: int) -> LetterFile:
    """Raises NoSuchLetterFile."""
    file = LetterFile.objects.filter(wave=wave, number=number).select_related("wave").first()
    if file is None:
        raise NoSuchLetterFile(
            f"Wave {wave.number} has no print file {number}.",
            "`recalldesk waves letters list`, or the wave's letters at the desk, list them.",
        )
    return file


def take_pdf(*, file: LetterFile, by: Staff, reason: str) -> bytes:
    """The print file, made anew each time. Raises NotPermitted, NoReasonForExport, LettersRefused,
    SealingError."""
    require(by, Permission.WRITE_WAVES)
    require(by, Permission.SEE_PERSONAL)
    if not reason.strip():
        raise NoReasonForExport
    look_once_more(file, by)
    before = to_be_printed(file)
    told = print_file_of(file)
    with one_at_a_time():
        made = letters_as_pdf(told)
    with transaction.atomic():
        refuse_if_changed(file, before)
        mark_handed_out(file)
        record_change(
            subject=Subject.LETTER_FILE,
            subject_id=file.pk,
            from_state="printed",
            to_state="printed",
            reason=Reason.FILE_TAKEN,
            actor_id=by.pk,
            recall_id=file.wave.recall_id,
            note=reason.strip(),
        )
    return made


def take_addresses(*, file: LetterFile, by: Staff, reason: str, form: SheetForm) -> Export:
    """The list of addresses. Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require(by, Permission.WRITE_WAVES)
    require(by, Permission.SEE_PERSONAL)
    if not reason.strip():
        raise NoReasonForExport
    look_once_more(file, by)
    rows = letters_in(file)
    _refuse_empty(file, rows)
    export = hand_out(
        ListExport(
            by=by,
            query=f"{LOGGED_AS}wave={file.wave_id}&file={file.number}",
            form=form,
            columns=[each.title for each in HEADINGS],
            is_personal=True,
            expected=len(rows),
        ),
        name=f"letters-{file.wave.recall.slug}-{file.wave.number}-{file.number}",
        headings=HEADINGS,
        rows=_cells(rows, home_of(file.wave)),
        reason=reason,
    )
    mark_handed_out(file)
    return export


def print_file_of(file: LetterFile) -> PrintFile:
    """The letters of a file. Raises LettersRefused, SealingError."""
    rows = letters_in(file)
    _refuse_empty(file, rows)
    published = version_of(file.wave)
    home = published.document.countries[0]
    products = _products_of(rows)
    wave = file.wave
    return PrintFile(
        title=f"{wave.recall.slug}, wave {wave.number}, letters {file.number}",
        paper=paper_of(file, rows),
        dated=file.made_at.date(),
        made_at=file.made_at,
        published=published,
        letters=tuple(_letter(each, home, products.get(each.pk, ())) for each in rows),
    )


def letters_in(file: LetterFile) -> list[DirectNotice]:
    """Its notices, in the order in which they are printed; none that was stopped meanwhile, nor one
    whose address was erased. Raises SealingError."""
    rows = file.notices.exclude(state=NoticeState.WITHHELD)
    rows = rows.select_related("wave", "wave__recall", "wave__version")
    home = home_of(file.wave)
    ordered = rows.order_by("country", "language", "pk")
    return [each for each in ordered if printed_address(each, home=home)]


def paper_of(file: LetterFile, rows: list[DirectNotice] | None = None) -> Paper:
    """The size of its paper: one file has one."""
    if rows:
        return paper_for(rows[0].country)
    country = file.notices.values_list("country", flat=True).first()
    return paper_for(country or "")


def _refuse_empty(file: LetterFile, rows: list[DirectNotice]) -> None:
    if not rows:
        raise LettersRefused(
            f"Print file {file.number} was put back, or its letters were stopped, or answered.",
            "`recalldesk waves letters list`, or the wave's letters at the desk, count them.",
        )


def _letter(notice: DirectNotice, home: str, products: tuple[str, ...]) -> Letter:
    words = said(notice)
    return Letter(
        reference=reference_of(notice.pk),
        address=printed_address(notice, home=home),
        language=words.language,
        headline=words.subject,
        paragraphs=(*_also(notice, words.language), *words.paragraphs),
        link=words.link,
        brand=words.brand.key,
        products=products,
    )


def _also(notice: DirectNotice, language: str) -> tuple[str, ...]:
    """More people than its address has room for are named in the letter's own words."""
    names = also_named(notice)
    if not names:
        return ()
    with override(language):
        return (gettext("This letter is also for %(names)s.") % {"names": names},)


def _products_of(rows: list[DirectNotice]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    named = NamedPurchase.objects.filter(notice__in=[each.pk for each in rows])
    for notice, product in named.order_by("pk").values_list("notice_id", "purchase__product"):
        found.setdefault(notice, {})[product] = None
    return {notice: tuple(products) for notice, products in found.items()}


def _cells(rows: list[DirectNotice], home: str) -> Iterator[list[Cell]]:
    width = MOST_LINES + 1
    for each in rows:
        lines = printed_address(each, home=home)
        yield [
            reference_of(each.pk),
            *lines,
            *[""] * (width - len(lines)),
            each.country,
            also_named(each),
        ]
