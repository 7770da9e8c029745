"""What of questions the log holds by digest, and which states it follows.

Guarantee: docs/log.md names the same columns; a column that comes later joins none of these.
"""

from recalldesk.audit.contents import Content, Followed
from recalldesk.audit.states import Subject
from recalldesk.inquiries.states import PROMISED

QUESTION_TABLE = "inquiries_question"
CONTENTS = (
    Content(
        subject=Subject.QUESTION,
        table=QUESTION_TABLE,
        columns=("id", "recall_id", "seat_id", "asked_by_id", "asked_at", "nonce", "text_digest"),
        text="sealed_text",
    ),
)
FOLLOWED = (Followed(subject=Subject.QUESTION, table=QUESTION_TABLE, aside=(PROMISED,)),)
