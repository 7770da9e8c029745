"""What the log holds of claims by digest: columns that never change, in the digest's order.

Guarantee: docs/log.md names the same columns. A column that comes later joins none of these, or no
digest that stands in the log would fit any more.
"""

from recalldesk.audit.contents import Content, Followed
from recalldesk.audit.states import Subject
from recalldesk.claims.states import ClaimState
from recalldesk.claims.untold import TOLD

CONTENTS = (
    Content(
        Subject.DECISION,
        "claims_decision",
        (
            "id",
            "claim_id",
            "recall_id",
            "kind",
            "by_id",
            "at",
            "was",
            "waited_since",
            "version_id",
            "reasons",
            "grounds",
        ),
        json=frozenset({"grounds"}),
    ),
    Content(
        Subject.MESSAGE,
        "claims_message",
        ("id", "filing_id", "direction", "evidence_id", "author_id", "nonce", "at", "text_digest"),
        text="sealed_text",
    ),
    Content(
        Subject.CONTACT,
        "claims_contact",
        (
            "id",
            "recall_id",
            "channel",
            "about",
            "by_id",
            "happened_at",
            "at",
            "nonce",
            "note_digest",
        ),
        text="sealed_note",
    ),
    Content(
        Subject.EXPORT,
        "claims_listexport",
        ("id", "by_id", "query", "form", "columns", "is_personal", "expected", "at"),
    ),
)
FOLLOWED = (
    Followed(Subject.CLAIM, "claims_claim", first=ClaimState.DRAFT),
    Followed(Subject.DECISION, "claims_decision", aside=(TOLD,)),
)
