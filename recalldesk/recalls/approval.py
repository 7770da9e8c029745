"""A draft is sent to those who may approve it; then approved, sent back, or withdrawn by editing.

Guarantees: a draft waits for approval once at a time, and whatever is written at it ends that;
those concerned are written to by a job of the same transaction; words and reasons stand sealed in
the log.
"""

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion, UnfinishedFile, VersionRequest
from recalldesk.recalls.states import RequestKind, RequestState, VersionState

ASKED, SENT_BACK, WITHDRAWN = "approval_asked", "sent_back", "approval_withdrawn"
"""States of a draft in the log, beside its own."""
TELL, QUEUE = "mailing.tell_of_request", "mailing"


def wrote_at(person: Staff, version: RecallVersion) -> bool:
    """Whether the person wrote anything of the version, and so cannot approve it."""
    return version.author_id == person.pk or version.contributions.filter(by=person).exists()


def may_approve(person: Staff, version: RecallVersion) -> bool:
    """Whether the person is one of those who can approve the version."""
    return person.may(Permission.APPROVE_RECALL) and not wrote_at(person, version)


def approvers_of(version: RecallVersion) -> list[Staff]:
    """Those who can approve the version, by name."""
    return [
        person
        for person in staff_who_may(Permission.APPROVE_RECALL)
        if not wrote_at(person, version)
    ]


def waiting_request(version: RecallVersion, kind: RequestKind) -> VersionRequest | None:
    """What is asked for of the version and was not answered yet."""
    rows = version.requests.select_related("by").filter(kind=kind, state=RequestState.WAITING)
    return rows.first()


def last_request(version: RecallVersion, kind: RequestKind) -> VersionRequest | None:
    """What was asked for of the version last, answered or not."""
    rows = version.requests.select_related("by", "ended_by").filter(kind=kind)
    return rows.order_by("-pk").first()


def waiting_for(person: Staff) -> list[VersionRequest]:
    """The approvals that wait for this person among others, the oldest first."""
    if not person.may(Permission.APPROVE_RECALL):
        return []
    rows = VersionRequest.objects.filter(kind=RequestKind.APPROVAL, state=RequestState.WAITING)
    rows = rows.select_related("version__recall", "by").order_by("pk")
    return [each for each in rows if not wrote_at(person, each.version)]


def held_version(version: RecallVersion) -> RecallVersion:
    """The version as it stands now, held until the transaction ends; after its recall, as whoever
    writes at it holds both."""
    Recall.objects.select_for_update(no_key=True).get(pk=version.recall_id)
    return RecallVersion.objects.select_for_update().get(pk=version.pk)


def has_unfinished(version: RecallVersion) -> bool:
    """Whether a change that was begun at the desk lies beside the versions of the recall."""
    return UnfinishedFile.objects.filter(slug=version.recall.slug).exists()


def refuse_unfinished(version: RecallVersion) -> None:
    """Raises RecallProblem where a change that is not complete lies beside the version."""
    if has_unfinished(version):
        raise RecallProblem(
            f"A change of {version.recall.slug} was begun at the desk and is not complete.",
            "Complete it there, or drop it: what is approved is what was written last.",
        )


@transaction.atomic
def send_for_approval(*, version: RecallVersion, by: Staff, word: str = "") -> VersionRequest:
    """Asks those who may approve and wrote nothing at it. Waits it already: nothing changes.

    Raises NotPermitted, or RecallProblem where it is no draft, or a change that was begun at the
    desk lies beside it: it could not be approved.
    """
    require(by, Permission.EDIT_RECALL)
    version = held_version(version)
    if version.state != VersionState.DRAFT:
        raise RecallProblem(
            f"Version {version.number} is {version.get_state_display().lower()}, not a draft.",
            "Only a draft is sent for approval.",
        )
    refuse_unfinished(version)
    waiting = waiting_request(version, RequestKind.APPROVAL)
    if waiting is not None:
        return waiting
    request = VersionRequest.objects.create(version=version, kind=RequestKind.APPROVAL, by=by)
    _record(version, VersionState.DRAFT, ASKED, by, word.strip())
    _tell(request)
    return request


@transaction.atomic
def send_back(*, version: RecallVersion, by: Staff, reason: str) -> None:
    """An approver wants something mended first.

    Raises NotPermitted, or RecallProblem without a reason, where it does not wait for approval, or
    where this person wrote at it.
    """
    require(by, Permission.APPROVE_RECALL)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    request = waiting_request(version, RequestKind.APPROVAL)
    if request is None:
        raise RecallProblem(
            f"Version {version.number} does not wait for approval.",
            "It was approved, sent back or changed meanwhile; its page says which.",
        )
    if wrote_at(by, version):
        raise RecallProblem(
            f"{by.name} wrote at version {version.number} and does not answer for its approval.",
            "Change it: that withdraws it.",
        )
    if not reason.strip():
        raise RecallProblem("Say why it is sent back.", "Whoever sent it reads it on its page.")
    _end(request, RequestState.REFUSED, by)
    _record(version, ASKED, SENT_BACK, by, reason.strip())
    _tell(request)


def withdraw_request(version: RecallVersion, by: Staff) -> None:
    """Ends what waits for approval, since something is written at the version."""
    request = waiting_request(version, RequestKind.APPROVAL)
    if request is not None:
        _end(request, RequestState.WITHDRAWN, by)
        _record(version, ASKED, WITHDRAWN, by)


def grant_request(version: RecallVersion, by: Staff) -> None:
    """Ends what waits for approval, since the version is approved now."""
    request = waiting_request(version, RequestKind.APPROVAL)
    if request is not None:
        _end(request, RequestState.GRANTED, by)
        _tell(request)


def _end(request: VersionRequest, state: RequestState, by: Staff) -> None:
    request.state, request.ended_by, request.ended_at = state, by, clock.now()
    request.save(update_fields=["state", "ended_by", "ended_at"])


def _tell(request: VersionRequest) -> None:
    app.configure_task(TELL, queue=QUEUE).defer(request_id=request.pk)


def _record(
    version: RecallVersion, from_state: str, to_state: str, by: Staff, note: str = ""
) -> None:
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=version.pk,
        from_state=from_state,
        to_state=to_state,
        actor_id=by.pk,
        recall_id=version.recall_id,
        note=note,
    )
