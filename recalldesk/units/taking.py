"""Takes a file of serials into a recall: which draft, which list, and whether it brought anything.

Guarantee: a file that brings nothing leaves no new version behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.recalls.actions import draft_for_expansion
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, newest_version
from recalldesk.units.importing.layout import Columns
from recalldesk.units.importing.progress import Progress
from recalldesk.units.importing.run import import_serials
from recalldesk.units.lists import place_for
from recalldesk.units.models import SerialImport


@dataclass(frozen=True)
class TakenFile:
    """What taking a file did.

    `draft` is None where a new version would say and cover what the one before does.
    `stays` is the version that was the newest, where a new draft was made beside it.
    """

    report: SerialImport
    list_name: str
    changed: bool
    draft: RecallVersion | None
    stays: RecallVersion | None


@transaction.atomic
def take_serials(
    *,
    recall: Recall,
    path: Path,
    by: Staff,
    list_name: str = "",
    made: bool = False,
    columns: Columns | None = None,
    sheet: str | None = None,
    replace: bool = False,
    reject_file: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    remark: Callable[[str], None] | None = None,
) -> TakenFile:
    """Imports a file into the recall's draft; without a draft, into a new one.

    Raises NotPermitted, RecallProblem where there is no version yet, or ImportRefused; then nothing
    was stored.
    """
    newest = newest_version(recall)
    draft = draft_for_expansion(recall=recall, by=by)
    is_new = newest is not None and newest.pk != draft.pk
    place = place_for(recall, document_of(draft), name=list_name, made=made)
    report = import_serials(
        version=draft,
        serial_list=place.serial_list,
        form=place.form,
        counting=place.counting,
        path=path,
        by=by,
        columns=columns,
        sheet=sheet,
        replace=replace,
        reject_file=reject_file,
        progress=progress,
        remark=remark,
    )
    changed = _brought_anything(report)
    if is_new and not changed:
        transaction.set_rollback(True)
    return TakenFile(
        report=report,
        list_name=place.serial_list.name,
        changed=changed,
        draft=draft if changed or not is_new else None,
        stays=newest if changed and is_new else None,
    )


def _brought_anything(report: SerialImport) -> bool:
    """Whether the import changed what is covered, or left lines to be settled."""
    key: int | None = report.pk
    if key is None:
        return False
    return bool(report.accepted or report.removed or report.rejects.exists())
