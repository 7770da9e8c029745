"""A version is published by a worker, since an index of a million serials takes about a minute.

Guarantees: asked twice it is done once; what holds it back is looked at as `publish_version` does,
and what it refused stands in the log with its reason; a killed worker changes nothing of it; an
attempt that failed is tried again, and why it failed stands in the log until another reason does.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.approval import waiting_request
from recalldesk.recalls.models import RecallVersion, VersionRequest
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.recalls.states import RequestKind, RequestState, VersionState
from recalldesk.units.actions import publish_version
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.live import join_lists

ASKED, REFUSED = "publication_asked", "publication_refused"
FAILED = "publication_failed"
"""States of an approved version in the log, beside its own."""
PUBLISH, QUEUE = "units.publish", "publishing"


@transaction.atomic
def ask_to_publish(*, version: RecallVersion, by: Staff) -> VersionRequest | None:
    """Has a worker publish an approved version. None where it is live already.

    Asked for again: a worker that lost it is reminded. Raises NotPermitted, or PublicationRefused
    where it is not approved.
    """
    require(by, Permission.PUBLISH_RECALL)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if version.state == VersionState.LIVE:
        return None
    if version.state != VersionState.APPROVED:
        raise PublicationRefused(
            f"Version {version.number} is {version.get_state_display().lower()}.",
            "Only an approved version goes live.",
        )
    request = waiting_request(version, RequestKind.PUBLICATION)
    if request is None:
        request = VersionRequest.objects.create(
            version=version, kind=RequestKind.PUBLICATION, by=by
        )
        _record(request, version.state, ASKED)
    lock = f"{PUBLISH} {version.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(PUBLISH, queue=QUEUE, queueing_lock=lock).defer(request_id=request.pk)
    return request


def publish_as_asked(*, request_id: int) -> None:
    """What the worker does. Answered before: nothing changes."""
    request = VersionRequest.objects.select_related("version__recall", "by").get(pk=request_id)
    if request.state != RequestState.WAITING:
        return
    try:
        publish_version(version=request.version, by=request.by)
    except (NotPermitted, PublicationRefused) as problem:
        _end(request, RequestState.REFUSED, f"{problem.message} {problem.hint}".strip())
        return
    except Exception as error:
        with suppress(*DATABASE_AWAY):
            _note_failure(request, why_of(error))
        raise
    _end(request, RequestState.GRANTED)
    join_lists()


def why_of(error: Exception) -> str:
    """Why an attempt failed, with nothing in it that may not be shown: an error's own words may
    hold serials, but for those that we or the operating system wrote."""
    if isinstance(error, Problem):
        return f"{error.message} {error.hint}".strip()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return f"{type(error).__name__}; the log of the worker says more."


def last_failure(version: RecallVersion) -> str:
    """Why the last attempt to publish it as asked failed; empty where none did."""
    rows = rows_about({Subject.RECALL_VERSION: [version.pk]})
    last = next((e for e in reversed(rows) if e.row.to_state in (ASKED, REFUSED, FAILED)), None)
    return last.note if last is not None and last.row.to_state == FAILED else ""


@transaction.atomic
def _note_failure(request: VersionRequest, why: str) -> None:
    """Once for each reason, however often it is tried."""
    if last_failure(request.version) != why:
        _record(request, ASKED, FAILED, why)


@transaction.atomic
def _end(request: VersionRequest, state: RequestState, why: str = "") -> None:
    locked = VersionRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.WAITING:
        return
    locked.state, locked.ended_at, locked.ended_by = state, clock.now(), request.by
    locked.save(update_fields=["state", "ended_at", "ended_by"])
    if state is RequestState.REFUSED:
        _record(request, ASKED, REFUSED, why)


def _record(request: VersionRequest, from_state: str, to_state: str, note: str = "") -> None:
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=request.version_id,
        from_state=from_state,
        to_state=to_state,
        actor_id=request.by_id,
        recall_id=request.version.recall_id,
        note=note,
    )
