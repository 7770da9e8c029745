"""Files of serials, taken into a recall's lists at the desk as by the command."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_draft import Draft, draft_or_404
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.recalls.document import Document
from recalldesk.recalls.editing.choice_words import word_of
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of
from recalldesk.units.imported import files_with_open_lines, imports_of, rejected_rows
from recalldesk.units.importing.layout import Columns
from recalldesk.units.taking import TakenFile, take_serials

REJECTS_SHOWN = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]
LONGEST_FILE_NAME = 100
COLUMNS = ("column", "start_column", "end_column")


class SerialsForm(forms.Form):
    """Which list a file goes into, and how it is read."""

    serial_list = forms.ChoiceField(label="Into the list")
    column = forms.CharField(
        label="Heading of the serials’ column",
        required=False,
        max_length=200,
        help_text="As it stands in the file's first line.",
    )
    start_column = forms.CharField(
        label="For ranges: heading of the first serials", required=False, max_length=200
    )
    end_column = forms.CharField(
        label="For ranges: heading of the last serials", required=False, max_length=200
    )
    sheet = forms.CharField(
        label="Of a workbook with several sheets: which", required=False, max_length=60
    )
    replace = forms.BooleanField(
        label="The file is the whole list: what is not in it is dropped", required=False
    )

    def __init__(self, document: Document | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = document.scope.lists if document else ()
        self.fields["serial_list"] = forms.ChoiceField(
            label="Into the list",
            choices=[
                (each.name, f"{each.name}: {word_of('scope.lists.meaning', each.meaning).lower()}")
                for each in lists
            ],
        )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def recall_serials(request: DeskRequest, slug: str) -> HttpResponse:
    """The form for a file, what it did, and the files that came before."""
    draft = draft_or_404(slug)
    document = document_of(draft.file.version) if draft.file.version else None
    form = SerialsForm(document, request.POST if request.method == "POST" else None)
    values: dict[str, Any] = {"form": form, "document": document}
    if request.method == "POST":
        try:
            require(request.user, Permission.EDIT_RECALL)
            if form.is_valid():
                values |= _report(_taken(request, draft, form.cleaned_data))
        except NotPermitted as denied:
            return page(request, "denied.html", {"problem": denied}, status=403)
        except PhotoRefused:
            values["problem"] = "The file has over 25 MB: bring it in by the command instead."
        except Problem as problem:
            values["problem"] = problem
    return _page(request, draft_or_404(slug), values)


def _page(request: DeskRequest, draft: Draft, values: dict[str, Any]) -> HttpResponse:
    version = draft.file.version
    values |= {
        "slug": draft.file.slug,
        "file": draft.file,
        "imports": imports_of(version.recall, by=request.user) if version else [],
        "open_files": files_with_open_lines(version.recall, by=request.user) if version else [],
        "may_edit": request.user.may(Permission.EDIT_RECALL),
    }
    wrong = request.method == "POST" and "taken" not in values
    return page(request, "recall_serials.html", values, status=422 if wrong else 200)


def _recall(draft: Draft) -> Recall:
    if draft.file.version is None:
        raise RecallProblem(
            "This recall was never complete: its lists are not known yet.",
            "Complete its sections first.",
        )
    return draft.file.version.recall


def _taken(
    request: DeskRequest, draft: Draft, chosen: dict[str, Any]
) -> tuple[TakenFile, list[str]]:
    """What taking the file did. A reader goes through it twice, so that it stands on disk then."""
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        raise RecallProblem("No file was chosen.", "Choose the file of serials first.")
    remarks: list[str] = []
    with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
        path = folder / plain_name(sent.name or "")
        with path.open("xb") as file:
            for piece in sent.chunks():
                file.write(piece)
        taken = take_serials(
            recall=_recall(draft),
            path=path,
            by=request.user,
            list_name=chosen["serial_list"],
            columns=Columns(*(chosen[name].strip() or None for name in COLUMNS)),
            sheet=chosen["sheet"].strip() or None,
            replace=chosen["replace"],
            remark=remarks.append,
        )
    return taken, remarks


def plain_name(name: str) -> str:
    """A file's name with what may stand in any."""
    plain = re.sub(r"[^\w.\- ]", "_", name.rpartition("/")[2])[-LONGEST_FILE_NAME:].lstrip(".")
    return plain.strip() or "serials"


def _report(outcome: tuple[TakenFile, list[str]]) -> dict[str, Any]:
    taken, remarks = outcome
    key: int | None = taken.report.pk
    rejects = taken.report.rejects.order_by("line_number") if key else ()
    return {
        "taken": taken,
        "report": taken.report,
        "is_stored": bool(key),
        "remarks": remarks,
        "rejects": list(rejects[:REJECTS_SHOWN]) if key else [],
        "shown": REJECTS_SHOWN,
    }


@require_safe
def recall_serials_rejects(request: DeskRequest, slug: str, number: int) -> HttpResponseBase:
    """The lines of a file that were not taken, to be sent back."""
    draft = draft_or_404(slug)
    if draft.file.version is None:
        raise Http404
    rows = rejected_rows(draft.file.version.recall, number, by=request.user)
    if not rows:
        raise Http404
    parts = csv_parts(REJECT_HEADS, rows)
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    name = f"{slug}-rejects-{number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
