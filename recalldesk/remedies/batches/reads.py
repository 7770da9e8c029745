"""The door to files: what there is to hand out, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.remedies.batches.states import BatchKind, BatchState, FileForm, LineState
from recalldesk.remedies.models import Batch, BatchFile, FileRead

LISTED_AT_ONCE = 200


@dataclass(frozen=True)
class FormListed:
    """One form of a file, with its digest."""

    form: str
    label: str
    sha256: str
    size: int


@dataclass(frozen=True)
class FileListed:
    """A file as lists show it. `waiting`: lines of which nothing was read back yet; `held`: those
    that a person must look at."""

    number: int
    kind: str
    recall: str
    state: BatchState
    state_label: str
    lines: int
    waiting: int
    held: int
    total: Decimal
    currency: str
    reference: str
    opened_at: datetime
    frozen_at: datetime | None
    handed_out_at: datetime | None
    is_ready: bool
    forms: tuple[FormListed, ...]


def files_listed(*, by: Staff) -> tuple[FileListed, ...]:
    """Those that collect, then what nobody took yet, then the newest. Raises NotPermitted."""
    require(by, Permission.HAND_OUT_FILES)
    counts = {
        "counted": Count("lines", filter=~Q(lines__state=LineState.CANCELLED)),
        "waiting": Count("lines", filter=Q(lines__state=LineState.LISTED)),
        "held": Count("lines", filter=Q(lines__state=LineState.REFUSED)),
    }
    rows = Batch.objects.select_related("recall").prefetch_related("files").annotate(**counts)
    # However many came after it, one that nobody took is not forgotten.
    is_closed = ExpressionWrapper(~Q(state=BatchState.OPEN), BooleanField())
    is_taken = ExpressionWrapper(Q(handed_out_at__isnull=False), BooleanField())
    found = rows.order_by(is_closed, is_taken, "-pk")[:LISTED_AT_ONCE]
    return tuple(_listed(row) for row in found)


def files_read(*, by: Staff) -> Sequence[FileRead]:
    """What came back last, with what was not taken of it. Raises NotPermitted."""
    require(by, Permission.HAND_OUT_FILES)
    rows = FileRead.objects.prefetch_related("rejects").select_related("by")
    return list(rows.order_by("-pk")[:LISTED_AT_ONCE])


def _listed(row: Batch) -> FileListed:
    counted: int = getattr(row, "counted")  # noqa: B009 - an annotation
    return FileListed(
        number=row.pk,
        kind=BatchKind(row.kind).label,
        recall=row.recall.slug,
        state=BatchState(row.state),
        state_label=BatchState(row.state).label,
        lines=row.lines_count if row.frozen_at else counted,
        waiting=getattr(row, "waiting"),  # noqa: B009
        held=getattr(row, "held"),  # noqa: B009
        total=row.total,
        currency=row.currency,
        reference=row.reference,
        opened_at=row.opened_at,
        frozen_at=row.frozen_at,
        handed_out_at=row.handed_out_at,
        is_ready=row.state == BatchState.FROZEN,
        forms=tuple(_form(each) for each in row.files.all()),
    )


def _form(file: BatchFile) -> FormListed:
    form = FileForm(file.form)
    return FormListed(form.value, form.label, file.sha256, file.size)
