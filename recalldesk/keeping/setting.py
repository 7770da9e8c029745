"""How long something is kept is set: shorter or longer, within what its kind allows.

Guarantee: who set it and why stands in the log; a restore brings it back; one that keeps something
shorter counts two weeks later (`terms`).
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.keeping import outside
from recalldesk.keeping.erasers import registered_erasers
from recalldesk.keeping.errors import TermRefused
from recalldesk.keeping.holding import country_or_refuse
from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import KeepingTerm
from recalldesk.keeping.reasons import reason_or_refuse
from recalldesk.keeping.states import SET
from recalldesk.recalls.models import Recall


@transaction.atomic
def set_term(
    *, kind: Kind, days: int | None, reason: str, by: Staff, recall: Recall | None, country: str
) -> KeepingTerm:
    """Sets how long a kind is kept; without days, takes back what was set for the same. Raises
    NotPermitted, TermRefused, HoldRefused (of the country), NotNoted."""
    require(by, Permission.HOLD_DATA)
    reason = reason_or_refuse(reason, TermRefused)
    _refuse_unless_allowed(kind, days)
    code = country_or_refuse(country)
    if code and not any(each.country for each in registered_erasers() if each.kind == kind):
        raise TermRefused(
            f"{kind.label} are of no country.", "Set the term for the recall, or for all."
        )
    term = KeepingTerm.objects.create(kind=kind, days=days, recall=recall, country=code, by=by)
    outside.note(
        outside.TERM,
        {
            "of_kind": kind,
            "days": "" if days is None else str(days),
            "recall": str(recall.pk if recall else ""),
            "country": code,
        },
    )
    record_change(
        subject=Subject.KEEPING_TERM,
        subject_id=term.pk,
        to_state=SET,
        actor_id=by.pk,
        recall_id=recall.pk if recall else None,
        note=reason,
    )
    return term


def _refuse_unless_allowed(kind: Kind, days: int | None) -> None:
    known = bounds().get(kind)
    if known is None:
        raise TermRefused(
            f"{kind.label} has no term of its own.",
            "docs/keeping.md says when they go.",
        )
    if days is not None and not known.least <= days <= known.most:
        raise TermRefused(
            f"{kind.label}: {days:,} days are too {'few' if days < known.least else 'many'}.",
            f"From {known.least:,} to {known.most:,} days are allowed: {known.why}.",
        )
