"""Kept files are matched anew with the version that is live: after an expansion.

Guarantees: what is newly covered is added; nothing is taken away: a purchase that no file covers
any more is marked, and stays for somebody to look at; one whose file was erased meanwhile cannot be
read again and stays as it is. All files of a recall together, in one transaction.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.errors import FileMissing
from recalldesk.purchasers import kept_files
from recalldesk.purchasers.deferring import keep_people_soon, name_buyers_soon
from recalldesk.purchasers.importing.expanding import IMPORTED, behind_of
from recalldesk.purchasers.importing.matched_file import (
    Progress,
    Source,
    mapping_again,
    matched_file,
)
from recalldesk.purchasers.importing.nameless import files_that_name, nameless_orders
from recalldesk.purchasers.importing.sealed_rows import SealedRows
from recalldesk.purchasers.importing.staging import Staging
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.purchasers.wanted import SerialsOf, UnitsOf, version_to_match, wanted_by
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.states import VersionState


@dataclass(frozen=True)
class MatchedAnew:
    """What a run changed. `files`: that were read again; `erased`: that could not be; `missing`:
    that the store has lost; `added`: purchases that are new; `uncovered`: that are covered no more;
    `covered_again`: that were not covered, and are."""

    version: int
    files: int
    erased: int
    missing: int
    added: int
    uncovered: int
    covered_again: int


def match_again(
    recall: Recall, *, by: Staff, progress: Callable[[OrderFile], Progress] | None = None
) -> MatchedAnew:
    """For somebody who asks for it. Raises NotPermitted, and what `match_files_anew` does."""
    require(by, Permission.IMPORT_ORDERS)
    return match_files_anew(recall, by=by, progress=progress)


@transaction.atomic
def match_files_anew(
    recall: Recall,
    *,
    by: Staff | None = None,
    progress: Callable[[OrderFile], Progress] | None = None,
    only_naming: bool = False,
) -> MatchedAnew:
    """Reads each kept file of a recall again, and matches it with the live version. Twice is the
    same as once. `only_naming`: those that may name the buyer of a purchase
    without one. Raises OrdersRefused, StoreUnreachable, SealingError."""
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    version = version_to_match(recall)
    files = OrderFile.objects.filter(recall=recall, taken_back_at=None)
    kept = (
        files_that_name(recall.pk)
        if only_naming
        else list(files.exclude(storage_key="").order_by("pk"))
    )
    before = _counted(recall)
    is_live = version.state == VersionState.LIVE
    behind = set(behind_of(version).values_list("pk", flat=True)) if is_live else set()
    staging, read, missing = Staging(recall.pk), list[int](), 0
    for file in kept:
        told = progress(file) if progress else None
        try:
            _stage(file, version, staging, told)
        except FileMissing:
            missing += 1
        else:
            read.append(file.pk)
            _say(file, version, by, was_behind=file.pk in behind)
    staging.keep(anew=True, files=read)
    after = _counted(recall)
    if after[0] > before[0]:
        keep_people_soon(recall.pk)
        if files_that_name(recall.pk):
            name_buyers_soon(recall.pk)
    elif only_naming:
        keep_people_soon(recall.pk)
    return MatchedAnew(
        version=version.number,
        files=len(read),
        erased=files.filter(storage_key="").count(),
        missing=missing,
        added=after[0] - before[0],
        uncovered=max(0, after[1] - before[1]),
        covered_again=max(0, before[1] - after[1]),
    )


def _stage(
    file: OrderFile, version: RecallVersion, staging: Staging, progress: Progress | None
) -> None:
    wanted = wanted_by(version)
    with ExitStack() as stack:
        folder = stack.enter_context(kept_files.working_folder())
        path = stack.enter_context(kept_files.in_the_clear(file, folder))
        source = Source(
            path,
            Channel(file.channel),
            FileKind(file.kind),
            mapping_again(file.reading.get("mapping")),
        )
        matched = stack.enter_context(
            matched_file(
                source,
                wanted,
                folder,
                serials=SerialsOf(version),
                progress=progress,
                orders=nameless_orders(file.recall_id, source.shop, source.kind),
            )
        )
        rows = SealedRows(
            recall_id=file.recall_id,
            shop=source.shop,
            is_own=source.is_own_shop(wanted),
            kind=source.kind,
            file_sha256=file.file_sha256,
            identity_of=UnitsOf(version),
        )
        matched.give_aside(partial(staging.name_by_order, file.pk, rows=rows))
        lines = staging.add(file.pk, matched, rows)
        file.lines_of_others = matched.counts.accepted - lines


def _say(file: OrderFile, version: RecallVersion, by: Staff | None, *, was_behind: bool) -> None:
    """The file says by which version it was matched last; the log, that it was."""
    is_other = was_behind or file.version_id != version.pk
    OrderFile.objects.filter(pk=file.pk).update(
        version=version, lines_of_others=file.lines_of_others
    )
    if is_other or by is not None:
        record_change(
            subject=Subject.ORDER_FILE,
            subject_id=file.pk,
            from_state=IMPORTED,
            to_state=IMPORTED,
            reason=Reason.MATCHED_ANEW,
            actor=Actor.STAFF if by else Actor.MACHINE,
            actor_id=by.pk if by else None,
            recall_id=file.recall_id,
        )


def _counted(recall: Recall) -> tuple[int, int]:
    """How many purchases there are, and how many of them no version covers."""
    rows = Purchase.objects.filter(recall=recall)
    return rows.count(), rows.filter(unmatched_at__isnull=False).count()
