"""Somebody reports what happened with a unit, by the form or to a member of staff.

Guarantees: the moment is the server's own, kept in the same transaction as what is told and as the
letter to the desk; one form is one incident, however often it is sent; what comes later is added to
it; a report is kept also where nobody can be reached, and where its recall is not known.
"""

from dataclasses import replace

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.locking import filed
from recalldesk.evidence.actions import new_evidence_set
from recalldesk.evidence.models import EvidenceSet
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.incidents.actions import LONGEST_ACCOUNT, Teller, keep_contact, reach_anew
from recalldesk.incidents.desk_letters import tell_desk
from recalldesk.incidents.models import Incident
from recalldesk.incidents.placing import in_recall
from recalldesk.incidents.reads import standing_for
from recalldesk.incidents.states import Happened, IncidentSource, IncidentState
from recalldesk.incidents.story import Story, keep_story, replaced_by
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall
from recalldesk.sealing.fields_of_rows import opened


@transaction.atomic
def take_report(
    *,
    live: LiveRecall | None,
    language: str,
    story: Story,
    teller: Teller | None = None,
    nonce: str = "",
    incident_id: int | None = None,
    filing_id: int | None = None,
) -> Incident:
    """Keeps what an owner tells, and writes to the desk if any of it is new.

    It is told of the incident named, else of that of the filing named, else of that of the form;
    where there is none, it begins one. Raises FieldsRefused, NotPossibleNow.
    """
    incident, is_new = _incident(live, language, nonce, incident_id, filing_id)
    before = replaced_by(incident, _with_gravest(incident, story))
    is_told = _add(incident, story) | _reach(incident, teller)
    if is_new or is_told:
        _record(incident, is_new=is_new, before=before)
        can_be_reached = bool(incident.filing_id or incident.sealed_contact)
        tell_desk(incident, live, can_be_reached=can_be_reached)
    return incident


@transaction.atomic
def staff_told(*, incident_id: int, story: Story, by: Staff) -> bool:
    """Keeps what a member of staff was told of an incident; whether there was anything new.

    The desk is at it: nobody is written to. Raises NotPermitted, FieldsRefused.
    """
    require(by, Permission.ENTER_INCIDENT)
    incident = _locked(incident_id)
    before = replaced_by(incident, _with_gravest(incident, story))
    is_told = _add(incident, story)
    if is_told:
        _record(incident, is_new=False, by=by, before=before)
    return is_told


@transaction.atomic
def photos_for(incident_id: int) -> EvidenceSet | None:
    """Where the photos of an incident belong; None where its recall is not known."""
    incident = _locked(incident_id)
    if incident.recall is None:
        return None
    if incident.evidence is None:
        incident.evidence = new_evidence_set(
            recall=incident.recall, purpose=EvidencePurpose.INCIDENT
        )
        incident.save(update_fields=["evidence"])
    return incident.evidence


def _locked(incident_id: int) -> Incident:
    return Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)


def _incident(
    live: LiveRecall | None,
    language: str,
    nonce: str,
    incident_id: int | None,
    filing_id: int | None,
) -> tuple[Incident, bool]:
    """The incident, locked; whether it is new."""
    # Of two forms at once the second waits here, for the filing or for the form's row.
    filing = filed(filing_id) if filing_id is not None else None
    if incident_id is None and filing is not None:
        known = Incident.objects.filter(filing=filing).values_list("pk", flat=True).first()
        incident_id = known
    if incident_id is not None:
        incident = _locked(incident_id)
        if nonce and not incident.nonce:
            incident.nonce = nonce  # another form of this browser tells of something else
            incident.save(update_fields=["nonce"])
        return in_recall(_locked(standing_for(incident_id)), live), False
    begun = {
        "recall": Recall.objects.get(pk=live.recall_id) if live else None,
        "source": IncidentSource.FORM,
        "language": language,
        "filing": filing,
    }
    if not nonce:
        return Incident.objects.create(**begun), True
    incident, is_new = Incident.objects.get_or_create(nonce=nonce, defaults=begun)
    return _locked(incident.pk), is_new


def _add(incident: Incident, story: Story) -> bool:
    account = story.account.strip()
    told = opened(incident, "sealed_account")
    if account and account not in told and len(told) + len(account) + 2 > LONGEST_ACCOUNT:
        raise FieldsRefused({"account": FieldProblem.TOO_LONG})
    return keep_story(incident, _with_gravest(incident, story))


def _with_gravest(incident: Incident, story: Story) -> Story:
    """The gravest of what is told stays: that it smoked, too, makes a fire no less of one. What was
    told wrongly, the desk mends."""
    order = list(Happened)
    if not (story.happened and incident.happened):
        return story
    is_less = order.index(story.happened) > order.index(Happened(incident.happened))
    return replace(story, happened=None) if is_less else story


def _reach(incident: Incident, teller: Teller | None) -> bool:
    """Where the incident is that of a claim, the claim says how its owner is reached: both are
    erased together."""
    if teller is None:
        return False
    if incident.filing_id is not None:
        return reach_anew(incident.filing_id, teller)
    if not keep_contact(incident, teller):
        return False
    incident.save(update_fields=["sealed_contact", "keyed_at"])
    return True


def _record(incident: Incident, *, is_new: bool, by: Staff | None = None, before: str = "") -> None:
    """`before`: what was told otherwise before, sealed in the log."""
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state="" if is_new else incident.state,
        to_state=IncidentState.OBTAINED if is_new else incident.state,
        reason="" if is_new else Reason.LEARNED,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=incident.recall_id,
        note=before,
    )
