"""Who does something for the firm: a person of its staff, or a partner.

Guarantee: each row and each line of the log names one of the two, never both and never nobody.
"""

from collections.abc import Mapping

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Actor

Acting = Staff | Partner


def require_of(by: Acting, permission: Permission) -> None:
    """A person needs the permission; a partner speaks for itself as long as it is one.

    Raises NotPermitted.
    """
    if isinstance(by, Staff):
        require(by, permission)
    elif not by.is_active:
        raise NotPermitted(
            f"{by.name} is no partner any more.", "Ask the firm; what was told before stays."
        )


def named(by: Acting) -> Mapping[str, Acting]:
    """The column of a row that names who did it: `by`, or `partner`."""
    return {"by": by} if isinstance(by, Staff) else {"partner": by}


def actor_of(by: Acting) -> Actor:
    """As the log says it; beside it stands the number of their row."""
    return Actor.STAFF if isinstance(by, Staff) else Actor.PARTNER
