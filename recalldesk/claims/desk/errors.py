"""What goes wrong when the desk decides. Nothing was changed by whoever gets one of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recalldesk.claims.deciding.leading import Newer
from recalldesk.claims.states import ClaimState
from recalldesk.foundation.problem import Problem


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a claim. `by`: the name of a member of staff, or empty."""

    what: str
    why: str
    by: str
    at: datetime

    def __str__(self) -> str:
        why = f" ({self.why})" if self.why else ""
        return f"{self.what}{why}{f', by {self.by}' if self.by else ''}"


class StaleClaim(Problem):
    """The claim is not any more as whoever decides saw it; `happened` says what came between."""

    def __init__(self, happened: Sequence[Happened]) -> None:
        came = "; ".join(str(each) for each in happened) or "it moved"
        super().__init__(
            f"Something happened meanwhile: {came}.", "Look at the claim again, then decide."
        )
        self.happened = tuple(happened)


class NewLeads(Problem):
    """Something speaks against the claim that whoever approves was not shown: `newer`."""

    def __init__(self, newer: Newer) -> None:
        super().__init__(
            "Something came up since the rule ruled, and was not shown to you.",
            "Look at what is newer, then decide.",
        )
        self.newer = newer


class NotDecidable(Problem):
    """The claim stands where this cannot be decided, or lacks what the decision needs."""


class SecondPersonMissing(Problem):
    """Somebody else has to decide: whoever decided before cannot be their own second opinion."""


class TooLateToUndo(Problem):
    """The decision took effect, or somebody else's it is, or there is none."""


class NotDeclinable(Problem):
    """The reason is none of the recall's."""


def stands_otherwise(state: ClaimState) -> NotDecidable:
    """The refusal of a decision about a claim that does not wait for one."""
    return NotDecidable(
        f"This claim does not wait for a decision: {state.label.lower()}.",
        "Look at its timeline. To decide it after all, give it back to review first.",
    )
