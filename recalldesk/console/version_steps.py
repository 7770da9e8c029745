"""Where a version stands, and the one next step. Pure but for what it is given.

Guarantee: it offers no step that its action would refuse this person for who they are.
"""

from dataclasses import dataclass
from enum import Enum

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.recalls.approval import may_approve
from recalldesk.recalls.models import RecallVersion, VersionRequest
from recalldesk.recalls.states import RequestState, VersionState


class Do(Enum):
    """What the button does."""

    NOTHING = ""
    EDIT = "edit"
    SEND = "send"
    LOOK = "look"
    PUBLISH = "publish"
    NEXT = "next"


@dataclass(frozen=True)
class Standing:
    """All that the step follows from. `held`: how many findings hold publication back;
    `has_unfinished`: whether a change that is not complete lies beside the draft; `failure`: why
    the last attempt to publish it failed, if it did."""

    version: RecallVersion
    person: Staff
    approval: VersionRequest | None
    publication: VersionRequest | None
    approvers: tuple[str, ...]
    held: int
    has_unfinished: bool
    failure: str


@dataclass(frozen=True)
class Step:
    """`says` where it stands and what comes next; `do` is this person's part in it."""

    says: str
    do: Do = Do.NOTHING


def next_step(of: Standing) -> Step:
    """The one next step."""
    match of.version.state:
        case VersionState.DRAFT:
            return _of_draft(of)
        case VersionState.APPROVED:
            return _of_approved(of)
        case VersionState.LIVE:
            says = f"Owners are answered by version {of.version.number}."
            may_edit = of.person.may(Permission.EDIT_RECALL)
            return Step(says, Do.NEXT if may_edit else Do.NOTHING)
    if of.version.published_at is None:
        return Step("A later version took its place before it was published.")
    return Step("A later version took its place. It stays readable, marked as old.")


def _of_draft(of: Standing) -> Step:
    may_edit = of.person.may(Permission.EDIT_RECALL)
    if of.has_unfinished:
        says = "An unfinished change lies beside it; while it does, this is not approved."
        return Step(
            f"{says} {'Complete or drop it.' if may_edit else 'Whoever writes it completes it.'}",
            Do.EDIT if may_edit else Do.NOTHING,
        )
    if of.approval is not None and of.approval.state == RequestState.WAITING:
        who = of.approval.by.name
        if may_approve(of.person, of.version):
            return Step(
                f"{who} sends it for your approval. Look at all below, then answer.", Do.LOOK
            )
        return Step(f"{_waits(of)} Whoever changes it withdraws that.")
    if of.approval is not None and of.approval.state == RequestState.REFUSED:
        back = of.approval.ended_by.name if of.approval.ended_by else "Somebody"
        says = f"{back} sent it back; the reason stands below. Mend it, then send it again."
        return Step(says, Do.EDIT if may_edit else Do.NOTHING)
    if not may_edit:
        return Step("It is being written. Whoever writes it sends it for approval.")
    if of.held:
        return Step("Mend what stands below, then send it for approval.", Do.EDIT)
    return Step("Nothing stands in its way. Send it to somebody who wrote nothing of it.", Do.SEND)


def _waits(of: Standing) -> str:
    if not of.approvers:
        return (
            "It waits for approval, and nobody is there who may approve it and wrote nothing at it:"
            " an administrator invites somebody."
        )
    return f"It waits for approval by {' or '.join(of.approvers)}."


def _of_approved(of: Standing) -> Step:
    if of.publication is not None and of.publication.state == RequestState.WAITING:
        if of.failure:
            return Step(
                f"It is being published. The last attempt failed: {of.failure} It is tried again "
                "by itself, after a longer pause each time, at most an hour."
            )
        return Step("It is being published. A million serials take about a minute.")
    if of.held:
        return Step("It is approved. What stands below holds it back until it is overridden.")
    if of.person.may(Permission.PUBLISH_RECALL):
        return Step("It is approved, and nothing holds it back.", Do.PUBLISH)
    return Step("It is approved. Somebody who may publish it goes on.")
