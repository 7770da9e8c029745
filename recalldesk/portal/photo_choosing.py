"""The photo of a label for a second look: what its form holds, and when it is offered."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from recalldesk.cleaning.limits import TYPES
from recalldesk.evidence.words import Words
from recalldesk.portal.asking import Asked
from recalldesk.units.verdict.answer import Answer, Verdict, Why

NO_PHOTO = Words(
    gettext_lazy("No photo came with it."),
    gettext_lazy("Take one of the label, or choose one."),
)
PAGE = ("recall", "brand")
"""These are those of the page that the answer is on."""
_SETTLED_BY_A_PERSON_ONLY = frozenset({Why.LIST_IN_DOUBT})


def may_help(answer: Answer) -> bool:
    """Whether a photo may settle what is in doubt."""
    return (
        answer.verdict in (Verdict.LOOK_AGAIN, Verdict.ASK_A_PERSON)
        and answer.why not in _SETTLED_BY_A_PERSON_ONLY
    )


def photo_values(asked: Asked, *, again_at: str = "") -> dict[str, Any]:
    """What the form of a photo holds. Of another photo, which is sent to the address `again_at` of
    the answer, the server has the question already."""
    return {
        "photo_fields": [] if again_at else [f for f in asked.fields if f[0] not in PAGE],
        "photo_action": again_at or reverse("portal:check_photo"),
        "types": ",".join(TYPES),
    }
