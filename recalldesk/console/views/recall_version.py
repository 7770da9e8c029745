"""One version of a recall: where it stands, what holds it back, what it changes, how it reads."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Reason
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import version_or_404
from recalldesk.console.version_shown import (
    compared,
    held_back,
    history_of,
    may_override_notice,
    open_among,
    outputs_of,
)
from recalldesk.console.version_steps import Standing, next_step
from recalldesk.foundation.problem import Problem
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.recalls.approval import approvers_of, has_unfinished, last_request, may_approve
from recalldesk.recalls.linting import notice_findings_of
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.states import RequestKind, RequestState, VersionState
from recalldesk.units.imported import OpenFile, files_with_open_lines
from recalldesk.units.publication import Standing as PublicationStanding
from recalldesk.units.publication import standing_findings
from recalldesk.units.publishing import last_failure
from recalldesk.units.stamps import stamp_of

IS_DONE = (VersionState.LIVE, VersionState.SUPERSEDED)


@require_safe
def recall_version(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The page."""
    return version_page(request, version_or_404(slug, number))


def version_page(
    request: DeskRequest,
    version: RecallVersion,
    *,
    problem: Problem | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page, or the page with what was typed and why it was not taken."""
    values = _what_stands(request, version)
    values |= {
        "version": version,
        "document": document_of(version),
        "compared": compared(version),
        "outputs": outputs_of(version),
        "history": history_of(version),
        "problem": problem,
        "typed": typed or {},
        "why_all": (typed or {}).get("why-all", ""),
        "to_answer": [
            (each.finding, (typed or {}).get(f"why-{each.finding.digest}", ""))
            for each in values["open_errors"]
        ],
    }
    return page(request, "recall_version.html", values, status=422 if problem else 200)


def _what_stands(request: DeskRequest, version: RecallVersion) -> dict[str, Any]:
    """What holds it back, for whom it waits, and the next step."""
    person = request.user
    is_done = version.state in IS_DONE
    found = () if is_done else standing_findings(version)
    of_notice = notice_findings_of(version)
    open_errors = () if is_done else open_among(of_notice)
    approval = last_request(version, RequestKind.APPROVAL)
    publication = last_request(version, RequestKind.PUBLICATION)
    waits = approval is not None and approval.state == RequestState.WAITING
    approvers = tuple(each.name for each in approvers_of(version)) if waits else ()
    held = sum(each.holds for each in found) + len(open_errors)
    unfinished = version.state == VersionState.DRAFT and has_unfinished(version)
    is_publishing = publication is not None and publication.state == RequestState.WAITING
    failure = last_failure(version) if is_publishing else ""
    step = next_step(
        Standing(version, person, approval, publication, approvers, held, unfinished, failure)
    )
    return {
        "step": step,
        "held": held_back(version, found, person),
        "held_count": held,
        "open_files": _with_open_lines(version, person, found),
        "of_notice": of_notice,
        "open_errors": open_errors,
        "warnings": [e for e in of_notice if not e.is_open_error],
        "may_override_notice": may_override_notice(version, person),
        "may_edit": person.may(Permission.EDIT_RECALL),
        "may_send": version.state == VersionState.DRAFT
        and not waits
        and not unfinished
        and person.may(Permission.EDIT_RECALL),
        "answers": waits and not unfinished and may_approve(person, version),
        "may_link": person.may(Permission.APPROVE_RECALL) and version.published_at is None,
        "approval": approval,
        "publication": publication,
        "is_publishing": is_publishing,
        "no_worker": is_publishing and not is_any_worker_alive(),
        "stamp": stamp_of(version) if waits else "",
    }


def _with_open_lines(
    version: RecallVersion, person: Staff, found: Iterable[PublicationStanding]
) -> list[OpenFile]:
    """The files whose rejected lines hold it back, for whoever may settle some."""
    holds = any(each.finding.reason is Reason.REJECTS_OPEN for each in found)
    if not holds or not person.may(Permission.EDIT_RECALL):
        return []
    return files_with_open_lines(version.recall, by=person)
