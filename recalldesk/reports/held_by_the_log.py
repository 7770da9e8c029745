"""What the log holds of reports by digest: columns that never change, in the digest's order.

Guarantee: docs/log.md names the same columns.
"""

from recalldesk.audit.contents import Content
from recalldesk.audit.states import Subject

CONTENTS = (
    Content(
        Subject.FILED_REPORT,
        "reports_filedreport",
        (
            "id",
            "recall_id",
            "form",
            "revision",
            "content_sha256",
            "pdf_sha256",
            "counted_at",
            "by_id",
            "at",
        ),
    ),
)
