"""The door to order files: what came in, what became of each line, what was not taken.

Guarantee: a rejected line names a customer: whoever takes some out stands in the log before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.matching.files.sent_back import SentBack
from recalldesk.purchasers.errors import NoSuchFile
from recalldesk.purchasers.keeping import kept_until
from recalldesk.purchasers.models import OrderFile, OrderReject
from recalldesk.purchasers.reads.read_as import shop_of
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

IMPORTED = "imported"
"""What the log says of a file."""
PAGE_SIZE = 100
REJECTS_SHOWN = 100
MOST_COUNTED = 1_000
AT_ONCE = 1_000
WITHOUT_HEADING = SentBack("Row", "\t", quotes=False, is_sheet=False)
"""Of a file that was taken in before headings were kept."""


@dataclass(frozen=True)
class FileRow:
    """One file as it is listed. `shop`: as its mapping file names it, or empty. lines = heading +
    accepted + rejected + duplicate + blank + continued. `purchases`: products of orders that it
    names and that are affected, strong or weak; of a file of returns those that it takes back;
    `version`: the number of the recall's version with which it was matched last; `kept_until`: the
    day on which the sealed file is erased; None once it was; `taken_back_at`: since when nothing of
    it counts."""

    number: int
    channel: Channel
    shop: str
    kind: FileKind
    lines: int
    heading: int
    accepted: int
    rejected: int
    duplicate: int
    blank: int
    continued: int
    lines_of_others: int
    purchases: int
    version: int
    size: int
    by: str
    at: datetime
    kept_until: date | None
    taken_back_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True)
class RejectedLine:
    """A line that was not taken, without what stands in it."""

    number: int
    reason: str


@dataclass(frozen=True)
class FilePage:
    """A file with how it was read (no cell of it), and why lines were not taken: how many for each
    reason, and a page of them; `after`: the place of the next page, 0 where there is none.
    `are_rejects_kept`: their rows can still be handed out."""

    row: FileRow
    reading: Mapping[str, object]
    reasons: Mapping[str, int]
    rejects: tuple[RejectedLine, ...]
    after: int
    are_rejects_kept: bool


@dataclass(frozen=True)
class FilesPage:
    """A page of the list. `after`: the place of the next one, 0 where there is none; `count`: how
    many files there are, up to one more than `MOST_COUNTED`."""

    rows: tuple[FileRow, ...]
    after: int
    count: int


def files_listed(recall: Recall, *, by: Staff, after: int = 0, size: int = PAGE_SIZE) -> FilesPage:
    """A page of a recall's files, the newest first. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    rows = _files(recall).order_by("-pk")
    count = OrderFile.objects.filter(recall=recall)[: MOST_COUNTED + 1].count()
    found = list((rows.filter(pk__lt=after) if after else rows)[: size + 1])
    page = found[:size]
    return FilesPage(
        rows=tuple(_row(each) for each in page),
        after=page[-1].pk if len(found) > size else 0,
        count=count,
    )


def every_file(recall: Recall, *, by: Staff) -> Iterator[FileRow]:
    """All of them, page by page. Raises NotPermitted."""
    page = files_listed(recall, by=by)
    yield from page.rows
    while page.after:
        page = files_listed(recall, by=by, after=page.after)
        yield from page.rows


def file_page(recall: Recall, number: int, *, by: Staff, after: int = 0) -> FilePage:
    """One file, with the rejected lines behind a place. Raises NotPermitted, NoSuchFile."""
    require(by, Permission.SEE_PURCHASERS)
    file = _files(recall).filter(pk=number).first()
    if file is None:
        raise no_file(recall, number)
    rejects = OrderReject.objects.filter(file=file)
    reasons = rejects.values_list("reason").annotate(count=Count("pk")).order_by("-count")
    behind = rejects.filter(number__gt=after).order_by("number", "pk")
    found = list(behind.values_list("number", "reason")[: REJECTS_SHOWN + 1])
    shown = found[:REJECTS_SHOWN]
    return FilePage(
        row=_row(file),
        reading=file.reading,
        reasons=dict(reasons),
        rejects=tuple(RejectedLine(line, reason) for line, reason in shown),
        after=shown[-1][0] if len(found) > REJECTS_SHOWN else 0,
        are_rejects_kept=rejects.exclude(sealed_row=b"").exists(),
    )


@dataclass(frozen=True, repr=False)
class Rejects:
    """The lines of a file that were not taken, as a file to be mended and brought in. `suffix`: of
    its name; `count`: of its lines; `are_kept`: whether any of them is there still."""

    parts: Iterator[bytes]
    suffix: str
    count: int
    are_kept: bool


def rejects_of(recall: Recall, number: int, *, by: Staff) -> Rejects:
    """The lines of a file that were not taken, to be sent back: under the shop's own heading, with
    number and reason before them. Logged. Raises NotPermitted, NoSuchFile, SealingError."""
    require(by, Permission.IMPORT_ORDERS)
    file = OrderFile.objects.filter(recall=recall, pk=number).first()
    if file is None:
        raise no_file(recall, number)
    record_change(
        subject=Subject.ORDER_FILE,
        subject_id=file.pk,
        from_state=IMPORTED,
        to_state=IMPORTED,
        reason=Reason.FILE_TAKEN,
        actor_id=by.pk,
        recall_id=recall.pk,
        note="The lines that were not taken",
    )
    rows = OrderReject.objects.filter(file=file).select_related("file").order_by("number", "pk")
    form = SentBack.again(file.reading.get("sent_back")) or WITHOUT_HEADING
    return Rejects(
        parts=form.parts(
            (each.number, each.reason, opened(each, "sealed_row"))
            for each in rows.iterator(chunk_size=AT_ONCE)
        ),
        suffix=form.suffix,
        count=rows.count(),
        are_kept=rows.exclude(sealed_row=b"").exists(),
    )


def no_file(recall: Recall, number: int) -> NoSuchFile:
    """What is said of a number that no file of a recall has."""
    return NoSuchFile(
        f"{recall.slug} has no order file {number}.",
        f"`recalldesk purchasers files {recall.slug}` lists its files.",
    )


def _files(recall: Recall) -> QuerySet[OrderFile]:
    rows = OrderFile.objects.filter(recall=recall).select_related("by", "version")
    # A line of returns is seen in its own shop and in whatever shop: it is one all the same.
    is_back = Q(kind=FileKind.RETURNS)
    return rows.annotate(
        purchases_count=Count("sightings", filter=~is_back)
        + Count("sightings__line", filter=is_back, distinct=True)
    )


def _row(file: OrderFile) -> FileRow:
    return FileRow(
        number=file.pk,
        channel=Channel(file.channel),
        shop=shop_of(file.reading),
        kind=FileKind(file.kind),
        lines=file.lines,
        heading=file.heading,
        accepted=file.accepted,
        rejected=file.rejected,
        duplicate=file.duplicate,
        blank=file.blank,
        continued=file.continued,
        lines_of_others=file.lines_of_others,
        purchases=file.purchases_count,  # type: ignore[attr-defined]  # annotated
        version=file.version.number,
        size=file.size,
        by=file.by.name,
        at=file.at,
        kept_until=kept_until(file) if file.storage_key else None,
        taken_back_at=file.taken_back_at,
        erased_at=file.erased_at,
    )
