"""What is written to staff about versions that wait for approval, in English as the desk is.

Guarantees: each is written to once for each request and once for its answer, however often the job
runs; what colleagues wrote to each other stands on the page alone.
"""

from django.db import transaction
from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED, desk_site, write_to_staff
from recalldesk.recalls.approval import approvers_of
from recalldesk.recalls.models import VersionRequest
from recalldesk.recalls.states import RequestState


@transaction.atomic
def tell_of_request(*, request_id: int) -> None:
    """Writes what is to be told of the request as it stands now; withdrawn, nothing is."""
    rows = VersionRequest.objects.select_for_update(of=("self",))
    request = rows.select_related("version__recall", "by", "ended_by").get(pk=request_id)
    now = clock.now()
    if request.state == RequestState.WAITING and request.asked_told_at is None:
        for person in approvers_of(request.version):
            _write(person, request, "waits for your approval", _asked(request))
        request.asked_told_at = now
    elif (
        request.state in (RequestState.GRANTED, RequestState.REFUSED)
        and request.end_told_at is None
    ):
        is_approved = request.state == RequestState.GRANTED
        _write(
            request.by, request, "is approved" if is_approved else "was sent back", _ended(request)
        )
        request.end_told_at = now
    request.save(update_fields=["asked_told_at", "end_told_at"])


def _asked(request: VersionRequest) -> str:
    return (
        f"{request.by.name} sends it. Its page shows what changed, and how each page and paper "
        "will read. Approve it there, or send it back and say why. Whoever of you answers first "
        "answers for all."
    )


def _ended(request: VersionRequest) -> str:
    who = request.ended_by.name if request.ended_by else "Somebody"
    if request.state == RequestState.GRANTED:
        return f"{who} approved it. From now on it cannot change. Its page shows what comes next."
    return f"{who} sent it back. The reason stands on its page. Mend it, then send it again."


def _write(person: Staff, request: VersionRequest, what: str, said: str) -> None:
    slug, number = request.version.recall.slug, request.version.number
    link = desk_site() + reverse("console:recall_version", args=[slug, number])
    letter = Letter(
        subject=f"{slug} version {number} {what}",
        language="en",
        signed=SIGNED,
        paragraphs=(f"Version {number} of the recall {slug} {what}.", said),
        button=("Open the version", link),
    )
    write_to_staff(to=person.email, purpose=Purpose.APPROVAL_TO_DESK, letter=letter)
